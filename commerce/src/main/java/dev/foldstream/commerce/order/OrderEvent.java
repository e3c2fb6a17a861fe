package dev.foldstream.commerce.order;

import dev.foldstream.commerce.events.CustomerEvent;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to an order. Names and components are the stored form. */
public sealed interface OrderEvent extends CustomerEvent {

  /** The account of the customer whose order it is. */
  String customerId();

  /**
   * The order was placed.
   *
   * @param total the sum over the lines, in the order's currency
   */
  record OrderPlaced(String customerId, String currency, List<OrderLine> lines, BigDecimal total)
      implements OrderEvent {
    public OrderPlaced {
      lines = List.copyOf(lines);
    }
  }

  record OrderConfirmed(String customerId) implements OrderEvent {}

  record OrderShipped(String customerId, String carrier, String trackingNumber)
      implements OrderEvent {}

  /**
   * The order has arrived.
   *
   * @param receivedBy who took it, if the carrier says so
   */
  record OrderDelivered(String customerId, @Nullable String receivedBy) implements OrderEvent {}

  record OrderCancelled(String customerId, String reason) implements OrderEvent {}
}
