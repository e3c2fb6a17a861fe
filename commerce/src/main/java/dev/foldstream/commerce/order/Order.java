package dev.foldstream.commerce.order;

import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import java.util.List;

/** The state of an order. */
sealed interface Order {

  record Absent() implements Order {}

  record Placed(Contents contents) implements Order {}

  record Confirmed(Contents contents) implements Order {}

  record Shipped(Contents contents, Parcel parcel) implements Order {}

  record Delivered(Contents contents, Parcel parcel) implements Order {}

  record Cancelled() implements Order {}

  /** What was ordered: kept to recognise the same order placed again. */
  record Contents(String customerId, String currency, List<OrderLine> lines) {
    public Contents {
      lines = List.copyOf(lines);
    }

    static Contents of(OrderPlaced event) {
      return new Contents(event.customerId(), event.currency(), event.lines());
    }

    boolean areThoseOf(PlaceOrder command) {
      return equals(new Contents(command.customerId(), command.currency(), command.lines()));
    }
  }

  /** How it was sent: kept to recognise the same shipment said again. */
  record Parcel(String carrier, String trackingNumber) {
    boolean isThatOf(ShipOrder command) {
      return equals(new Parcel(command.carrier(), command.trackingNumber()));
    }
  }
}
