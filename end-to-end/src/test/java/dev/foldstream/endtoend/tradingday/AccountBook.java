package dev.foldstream.endtoend.tradingday;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One account, kept in cents. */
final class AccountBook {

  String owner = "";
  String email = "";
  String currency = "";
  long cents;
  private boolean charged;
  private final Map<String, Long> charges = new HashMap<>();

  boolean isOpen() {
    return !currency.isEmpty();
  }

  /** Nothing when nothing was ever charged. */
  OptionalLong spent() {
    return charged
        ? OptionalLong.of(charges.values().stream().mapToLong(Long::longValue).sum())
        : OptionalLong.empty();
  }

  /** Enters a command; returns why it is refused, or null. */
  @Nullable String enter(String command, Fields data) {
    if (command.equals("OpenAccount")) {
      return open(data);
    }
    if (!isOpen()) {
      return "ACCOUNT_NOT_OPEN";
    }
    if (command.equals("RefundCharge")) {
      var back = charges.remove(data.text("orderId"));
      cents += back == null ? 0 : back;
      return null;
    }
    if (data.cents("amount") <= 0) {
      return "AMOUNT_NOT_POSITIVE";
    }
    if (data.has("currency") && !data.text("currency").equals(currency)) {
      return "CURRENCY_MISMATCH";
    }
    return move(command, data);
  }

  private @Nullable String open(Fields data) {
    if (isOpen()) {
      boolean same =
          owner.equals(data.text("owner"))
              && email.equals(data.text("email"))
              && currency.equals(data.text("currency"));
      return same ? null : "ACCOUNT_ALREADY_OPEN";
    }
    owner = data.text("owner");
    email = data.text("email");
    currency = data.text("currency");
    return null;
  }

  private @Nullable String move(String command, Fields data) {
    long amount = data.cents("amount");
    if (command.equals("DepositMoney")) {
      cents += amount;
      return null;
    }
    if (!command.equals("ChargeAccount")) {
      throw new IllegalArgumentException("not a command of an account: " + command);
    }
    var order = data.text("orderId");
    long before = charges.getOrDefault(order, 0L);
    if (amount > cents + before) {
      return "INSUFFICIENT_FUNDS";
    }
    cents += before - amount;
    charges.put(order, amount);
    charged = true;
    return null;
  }
}
