package dev.foldstream.commerce.order;

import dev.foldstream.commerce.order.OrderDetails.Status;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class OrderDetailsProjection implements Projection<OrderEvent, OrderDetails> {

  @Override
  public Set<String> keys(RecordedEvent<? extends OrderEvent> event) {
    return Set.of(event.stream().id());
  }

  @Override
  public OrderDetails apply(
      String key, @Nullable OrderDetails row, RecordedEvent<? extends OrderEvent> event) {
    var at = event.occurredAt();
    return switch (event.event()) {
      case OrderPlaced e -> placed(key, e, at);
      case OrderConfirmed _ -> present(row, event).with(Status.CONFIRMED, at);
      case OrderShipped _ -> present(row, event).with(Status.SHIPPED, at);
      case OrderDelivered _ -> present(row, event).with(Status.DELIVERED, at);
      case OrderCancelled e -> present(row, event).cancelled(e.reason(), at);
    };
  }

  private static OrderDetails present(
      @Nullable OrderDetails row, RecordedEvent<? extends OrderEvent> event) {
    if (row == null) {
      throw new IllegalStateException(
          "an order begins with OrderPlaced, found " + event.event() + " in " + event.stream());
    }
    return row;
  }

  private static OrderDetails placed(String orderId, OrderPlaced placed, Instant at) {
    return new OrderDetails(
        orderId,
        placed.customerId(),
        Status.PLACED,
        placed.currency(),
        placed.total(),
        placed.lines(),
        at,
        at,
        null);
  }
}
