package dev.foldstream.commerce.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order as a customer or a clerk sees it: the row of the view {@code order-details}.
 *
 * @param total the sum over the lines, in the order's currency
 * @param updatedAt when its latest event occurred
 * @param reason why it was cancelled
 */
public record OrderDetails(
    String orderId,
    String customerId,
    Status status,
    String currency,
    BigDecimal total,
    List<OrderLine> lines,
    Instant placedAt,
    Instant updatedAt,
    @Nullable String reason) {

  public OrderDetails {
    lines = List.copyOf(lines);
  }

  /** How far the order has come. */
  public enum Status {
    PLACED,
    CONFIRMED,
    SHIPPED,
    DELIVERED,
    CANCELLED
  }

  OrderDetails with(Status newStatus, Instant at) {
    return new OrderDetails(
        orderId, customerId, newStatus, currency, total, lines, placedAt, at, reason);
  }

  OrderDetails cancelled(String why, Instant at) {
    return new OrderDetails(
        orderId, customerId, Status.CANCELLED, currency, total, lines, placedAt, at, why);
  }
}
