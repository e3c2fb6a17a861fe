package dev.foldstream.benchmarks.account;

import dev.foldstream.benchmarks.account.AccountEvent.Changed;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up. */
public final class AccountProjection implements Projection<AccountEvent, Account> {

  @Override
  public Set<String> keys(RecordedEvent<? extends AccountEvent> event) {
    return Set.of(event.stream().id());
  }

  @Override
  public Account apply(
      String key, @Nullable Account row, RecordedEvent<? extends AccountEvent> event) {
    return switch (event.event()) {
      case Changed it ->
          new Account(
              it.name(),
              (row == null ? 0 : row.balance()) + it.amount(),
              it.status(),
              it.city(),
              it.updated(),
              it.seq(),
              it.note());
    };
  }
}
