package dev.foldstream.commerce.account;

import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import java.math.BigDecimal;

/**
 * How {@link MoneyDeposited} was stored while amounts were counted in cents. Name and components
 * are the stored form.
 */
public record MoneyPaidIn(long cents, String currency) {

  private static final int CENTS_SCALE = 2;

  MoneyDeposited today() {
    return new MoneyDeposited(BigDecimal.valueOf(cents, CENTS_SCALE), currency);
  }
}
