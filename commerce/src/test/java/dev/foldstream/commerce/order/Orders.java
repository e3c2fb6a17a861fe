package dev.foldstream.commerce.order;

import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import java.math.BigDecimal;
import java.util.List;

/** What the tests of orders speak of. */
final class Orders {

  static final OrderLine TWO_LAMPS = new OrderLine("lamp", 2, new BigDecimal("19.90"));
  static final OrderLine ONE_DESK = new OrderLine("desk", 1, new BigDecimal("250.00"));

  static final PlaceOrder PLACE = new PlaceOrder("c-1", "EUR", List.of(TWO_LAMPS, ONE_DESK));
  static final ShipOrder SHIP = new ShipOrder("Blue Post", "BP-77");

  static final OrderPlaced PLACED =
      new OrderPlaced("c-1", "EUR", List.of(TWO_LAMPS, ONE_DESK), new BigDecimal("289.80"));
  static final OrderConfirmed CONFIRMED = new OrderConfirmed("c-1");
  static final OrderShipped SHIPPED = new OrderShipped("c-1", "Blue Post", "BP-77");
  static final OrderDelivered DELIVERED = new OrderDelivered("c-1", "a neighbour");
  static final OrderCancelled CANCELLED = new OrderCancelled("c-1", "changed my mind");

  private Orders() {}
}
