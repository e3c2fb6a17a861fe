package dev.foldstream.benchmarks.account;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.List;

/**
 * One aggregate type. Not registered: only the read measurements know it, and make its views
 * themselves.
 */
public final class AccountDomain implements Domain {

  public static final String NAME = "bank";
  public static final String ACCOUNT = "account";

  /** A view of the accounts; each name is a read model of its own. */
  public static Feature.View<AccountEvent, Account> view(String name) {
    return Feature.View.of(name, AccountEvent.class, Account.class, new AccountProjection());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Feature> features() {
    return List.of(
        Feature.Aggregate.of(
            ACCOUNT,
            AccountCommand.class,
            AccountDecider.Nothing.class,
            AccountEvent.class,
            new AccountDecider()));
  }
}
