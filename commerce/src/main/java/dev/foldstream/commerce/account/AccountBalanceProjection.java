package dev.foldstream.commerce.account;

import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class AccountBalanceProjection implements Projection<AccountEvent, AccountBalance> {

  private static final BigDecimal NOTHING = new BigDecimal("0.00");

  @Override
  public Set<String> keys(RecordedEvent<? extends AccountEvent> event) {
    return Set.of(event.stream().id());
  }

  @Override
  public AccountBalance apply(
      String key, @Nullable AccountBalance row, RecordedEvent<? extends AccountEvent> event) {
    return switch (event.event()) {
      case AccountOpened e -> new AccountBalance(key, e.owner(), e.currency(), NOTHING);
      case MoneyDeposited e -> present(row, event).plus(e.amount());
      case AccountCharged e -> present(row, event).plus(e.amount().negate());
      case ChargeRefunded e -> present(row, event).plus(e.amount());
    };
  }

  private static AccountBalance present(
      @Nullable AccountBalance row, RecordedEvent<? extends AccountEvent> event) {
    if (row == null) {
      throw new IllegalStateException(
          "an account begins with AccountOpened, found " + event.event() + " in " + event.stream());
    }
    return row;
  }
}
