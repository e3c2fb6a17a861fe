package dev.foldstream.commerce.customerorders;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one customer ordered and paid: the row of the view {@code customer-orders}.
 *
 * @param orders placed ones; a cancelled order no longer counts
 * @param spent what was charged for orders and not refunded, in the account's currency; an order
 *     that is not paid yet, or was cancelled and refunded, adds nothing
 * @param lastOrderAt when the latest order was placed, also when it was cancelled since; null while
 *     only a charge is known
 */
public record CustomerOrders(
    String customerId, long orders, BigDecimal spent, @Nullable Instant lastOrderAt) {

  private static final BigDecimal NOTHING = new BigDecimal("0.00");

  static CustomerOrders none(String customerId) {
    return new CustomerOrders(customerId, 0, NOTHING, null);
  }

  /** Orders lie in several partitions, so an earlier one may be seen later. */
  CustomerOrders placed(Instant at) {
    Instant latest = lastOrderAt == null || at.isAfter(lastOrderAt) ? at : lastOrderAt;
    return new CustomerOrders(customerId, orders + 1, spent, latest);
  }

  CustomerOrders cancelled() {
    return new CustomerOrders(customerId, orders - 1, spent, lastOrderAt);
  }

  CustomerOrders charged(BigDecimal amount) {
    return new CustomerOrders(customerId, orders, spent.add(amount), lastOrderAt);
  }
}
