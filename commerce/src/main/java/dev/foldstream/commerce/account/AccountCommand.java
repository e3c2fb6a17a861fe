package dev.foldstream.commerce.account;

import dev.foldstream.commerce.values.Check;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an account can be asked. The aggregate's id is the customer's id. */
public sealed interface AccountCommand {

  /**
   * Opens the account. Opening it again identically changes nothing.
   *
   * @param currency an ISO 4217 code; all amounts of the account are in it
   */
  record OpenAccount(String owner, String email, String currency) implements AccountCommand {

    public static final int MAX_OWNER_LENGTH = 200;
    public static final int MAX_EMAIL_LENGTH = 254;

    public OpenAccount {
      Check.text("owner", owner, MAX_OWNER_LENGTH);
      Check.email("email", email, MAX_EMAIL_LENGTH);
      Check.currency("currency", currency);
    }
  }

  /**
   * Pays money in. Not idempotent: a repetition is recognised by its command id only.
   *
   * @param currency must be the account's own; null stands for it
   */
  record DepositMoney(BigDecimal amount, @Nullable String currency) implements AccountCommand {
    public DepositMoney {
      amount = Check.money("amount", amount);
      if (currency != null) {
        Check.currency("currency", currency);
      }
    }
  }

  /**
   * Charges the account for an order. An order has one charge: charging again with another amount
   * replaces it.
   *
   * @param currency must be the account's own; null stands for it
   */
  record ChargeAccount(String orderId, BigDecimal amount, @Nullable String currency)
      implements AccountCommand {
    public ChargeAccount {
      Check.id("orderId", orderId);
      amount = Check.money("amount", amount);
      if (currency != null) {
        Check.currency("currency", currency);
      }
    }
  }

  /** Pays back what the order was charged; when it was charged nothing, nothing is left to do. */
  record RefundCharge(String orderId) implements AccountCommand {
    public RefundCharge {
      Check.id("orderId", orderId);
    }
  }
}
