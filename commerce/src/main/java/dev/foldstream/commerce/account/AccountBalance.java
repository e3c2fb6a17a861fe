package dev.foldstream.commerce.account;

import java.math.BigDecimal;

/** What one customer has: the row of the view {@code account-balances}. */
public record AccountBalance(String customerId, String owner, String currency, BigDecimal balance) {

  AccountBalance plus(BigDecimal amount) {
    return new AccountBalance(customerId, owner, currency, balance.add(amount));
  }
}
