package dev.foldstream.commerce.account;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Feature.View;
import java.util.List;

/** The aggregate {@code account} and its view. */
public final class AccountFeatures {

  private AccountFeatures() {}

  public static List<Feature> all() {
    return List.of(
        Aggregate.of(
                "account",
                AccountCommand.class,
                Account.class,
                AccountEvent.class,
                new AccountDecider())
            .upcast(MoneyPaidIn.class, MoneyPaidIn::today),
        View.of(
                "account-balances",
                AccountEvent.class,
                AccountBalance.class,
                new AccountBalanceProjection())
            .index("balance"));
  }
}
