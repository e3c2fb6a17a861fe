package dev.foldstream.commerce.account;

import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of an account. */
sealed interface Account {

  record NotOpen() implements Account {}

  /**
   * An account that can be used.
   *
   * @param charges those not refunded, oldest first, at most {@value #MAX_CHARGES}: one that is
   *     older can no more be refunded or recognised
   */
  record Open(String owner, String email, String currency, BigDecimal balance, List<Charge> charges)
      implements Account {

    static final int MAX_CHARGES = 1_000;
    private static final BigDecimal NOTHING = new BigDecimal("0.00");

    public Open {
      charges = List.copyOf(charges);
    }

    static Open with(AccountOpened event) {
      return new Open(event.owner(), event.email(), event.currency(), NOTHING, List.of());
    }

    boolean isThatOf(OpenAccount command) {
      return owner.equals(command.owner())
          && email.equals(command.email())
          && currency.equals(command.currency());
    }

    boolean isInOtherCurrencyThan(@Nullable String given) {
      return given != null && !given.equals(currency);
    }

    /** What the order is charged, 0 when it is not. */
    BigDecimal chargedFor(String orderId) {
      return charges.stream()
          .filter(charge -> charge.orderId().equals(orderId))
          .map(Charge::amount)
          .findFirst()
          .orElse(NOTHING);
    }

    Open deposit(BigDecimal amount) {
      return new Open(owner, email, currency, balance.add(amount), charges);
    }

    Open charge(String orderId, BigDecimal amount) {
      var all = Stream.concat(charges.stream(), Stream.of(new Charge(orderId, amount))).toList();
      var kept = all.subList(Math.max(0, all.size() - MAX_CHARGES), all.size());
      return new Open(owner, email, currency, balance.subtract(amount), kept);
    }

    Open refund(String orderId, BigDecimal amount) {
      var others = charges.stream().filter(charge -> !charge.orderId().equals(orderId)).toList();
      return new Open(owner, email, currency, balance.add(amount), others);
    }
  }

  record Charge(String orderId, BigDecimal amount) {}
}
