package dev.foldstream.commerce.account;

import dev.foldstream.commerce.events.CustomerEvent;
import java.math.BigDecimal;

/** What has happened to an account. Names and components are the stored form. */
public sealed interface AccountEvent extends CustomerEvent {

  /** The account's own. */
  String currency();

  record AccountOpened(String owner, String email, String currency) implements AccountEvent {}

  record MoneyDeposited(BigDecimal amount, String currency) implements AccountEvent {}

  record AccountCharged(String orderId, BigDecimal amount, String currency)
      implements AccountEvent {}

  record ChargeRefunded(String orderId, BigDecimal amount, String currency)
      implements AccountEvent {}
}
