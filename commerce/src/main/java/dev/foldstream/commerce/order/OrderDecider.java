package dev.foldstream.commerce.order;

import static dev.foldstream.commerce.order.OrderRejection.ORDER_ALREADY_PLACED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_ALREADY_SHIPPED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_IS_CANCELLED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_IS_EMPTY;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_NOT_CONFIRMED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_NOT_FOUND;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_NOT_SHIPPED;
import static dev.foldstream.kernel.Decision.accept;
import static dev.foldstream.kernel.Decision.nothingToDo;
import static dev.foldstream.kernel.Decision.reject;

import dev.foldstream.commerce.order.Order.Absent;
import dev.foldstream.commerce.order.Order.Cancelled;
import dev.foldstream.commerce.order.Order.Confirmed;
import dev.foldstream.commerce.order.Order.Contents;
import dev.foldstream.commerce.order.Order.Delivered;
import dev.foldstream.commerce.order.Order.Parcel;
import dev.foldstream.commerce.order.Order.Placed;
import dev.foldstream.commerce.order.Order.Shipped;
import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.ConfirmOrder;
import dev.foldstream.commerce.order.OrderCommand.DeliverOrder;
import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import java.math.BigDecimal;

/** One table for each command; taking away an unguarded row does not compile. */
final class OrderDecider implements Decider<OrderCommand, Order, OrderEvent> {

  private record Change(Order order, OrderEvent event) {}

  @Override
  public Order initial() {
    return new Absent();
  }

  @Override
  public Decision<OrderEvent> decide(OrderCommand command, Order order, CommandContext context) {
    return switch (command) {
      case PlaceOrder c -> place(c, order);
      case ConfirmOrder _ -> confirm(order);
      case ShipOrder c -> ship(c, order);
      case DeliverOrder c -> deliver(c, order);
      case CancelOrder c -> cancel(c, order);
    };
  }

  private static Decision<OrderEvent> place(PlaceOrder c, Order order) {
    return switch (order) {
      case Absent _ when c.lines().isEmpty() -> reject(ORDER_IS_EMPTY);
      case Absent _ -> accept(new OrderPlaced(c.customerId(), c.currency(), c.lines(), total(c)));
      case Placed o -> placeAgain(c, o.contents());
      case Confirmed o -> placeAgain(c, o.contents());
      case Shipped o -> placeAgain(c, o.contents());
      case Delivered o -> placeAgain(c, o.contents());
      case Cancelled _ -> reject(ORDER_IS_CANCELLED);
    };
  }

  private static Decision<OrderEvent> placeAgain(PlaceOrder c, Contents contents) {
    return contents.areThoseOf(c) ? nothingToDo() : reject(ORDER_ALREADY_PLACED);
  }

  private static Decision<OrderEvent> confirm(Order order) {
    return switch (order) {
      case Absent _ -> reject(ORDER_NOT_FOUND);
      case Placed o -> accept(new OrderConfirmed(o.contents().customerId()));
      case Confirmed _, Shipped _, Delivered _ -> nothingToDo();
      case Cancelled _ -> reject(ORDER_IS_CANCELLED);
    };
  }

  private static Decision<OrderEvent> ship(ShipOrder c, Order order) {
    return switch (order) {
      case Absent _ -> reject(ORDER_NOT_FOUND);
      case Placed _ -> reject(ORDER_NOT_CONFIRMED);
      case Confirmed o ->
          accept(new OrderShipped(o.contents().customerId(), c.carrier(), c.trackingNumber()));
      case Shipped o when o.parcel().isThatOf(c) -> nothingToDo();
      case Shipped _ -> reject(ORDER_ALREADY_SHIPPED);
      case Delivered o when o.parcel().isThatOf(c) -> nothingToDo();
      case Delivered _ -> reject(ORDER_ALREADY_SHIPPED);
      case Cancelled _ -> reject(ORDER_IS_CANCELLED);
    };
  }

  private static Decision<OrderEvent> deliver(DeliverOrder c, Order order) {
    return switch (order) {
      case Absent _ -> reject(ORDER_NOT_FOUND);
      case Placed _, Confirmed _ -> reject(ORDER_NOT_SHIPPED);
      case Shipped o -> accept(new OrderDelivered(o.contents().customerId(), c.receivedBy()));
      case Delivered _ -> nothingToDo();
      case Cancelled _ -> reject(ORDER_IS_CANCELLED);
    };
  }

  private static Decision<OrderEvent> cancel(CancelOrder c, Order order) {
    return switch (order) {
      case Absent _ -> reject(ORDER_NOT_FOUND);
      case Placed o -> accept(new OrderCancelled(o.contents().customerId(), c.reason()));
      case Confirmed o -> accept(new OrderCancelled(o.contents().customerId(), c.reason()));
      case Shipped _, Delivered _ -> reject(ORDER_ALREADY_SHIPPED);
      case Cancelled _ -> nothingToDo();
    };
  }

  /** An event that is never recorded in a state leaves it as it is. */
  @Override
  public Order evolve(Order order, OrderEvent event) {
    return switch (new Change(order, event)) {
      case Change(_, OrderPlaced e) -> new Placed(Contents.of(e));
      case Change(Placed o, OrderConfirmed _) -> new Confirmed(o.contents());
      case Change(Confirmed o, OrderShipped(_, var carrier, var trackingNumber)) ->
          new Shipped(o.contents(), new Parcel(carrier, trackingNumber));
      case Change(Shipped o, OrderDelivered _) -> new Delivered(o.contents(), o.parcel());
      case Change(_, OrderCancelled _) -> new Cancelled();
      case Change(_, OrderConfirmed _), Change(_, OrderShipped _), Change(_, OrderDelivered _) ->
          order;
    };
  }

  private static BigDecimal total(PlaceOrder c) {
    return c.lines().stream().map(OrderLine::total).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
