package dev.foldstream.commerce.customerorders;

import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.commerce.events.CustomerEvent;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every event only adds or takes away, so the order of partitions does not matter. */
final class CustomerOrdersProjection implements Projection<CustomerEvent, CustomerOrders> {

  @Override
  public Set<String> keys(RecordedEvent<? extends CustomerEvent> event) {
    return switch (event.event()) {
      case OrderPlaced e -> Set.of(e.customerId());
      case OrderCancelled e -> Set.of(e.customerId());
      case AccountCharged _, ChargeRefunded _ -> Set.of(event.stream().id());
      case OrderConfirmed _, OrderShipped _, OrderDelivered _ -> Set.of();
      case AccountOpened _, MoneyDeposited _ -> Set.of();
    };
  }

  @Override
  public CustomerOrders apply(
      String key, @Nullable CustomerOrders row, RecordedEvent<? extends CustomerEvent> event) {
    var before = row == null ? CustomerOrders.none(key) : row;
    return switch (event.event()) {
      case OrderPlaced _ -> before.placed(event.occurredAt());
      case OrderCancelled _ -> before.cancelled();
      case AccountCharged e -> before.charged(e.amount());
      case ChargeRefunded e -> before.charged(e.amount().negate());
      case OrderConfirmed _, OrderShipped _, OrderDelivered _ -> before;
      case AccountOpened _, MoneyDeposited _ -> before;
    };
  }
}
