package dev.foldstream.endtoend.tradingday;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One order. */
final class OrderBook {

  private static final List<String> STEPS =
      List.of("", "PLACED", "CONFIRMED", "SHIPPED", "DELIVERED");
  private static final String CANCELLED = "CANCELLED";

  String status = "";
  String customer = "";
  String currency = "";
  long cents;
  private String contents = "";
  private String parcel = "";

  boolean counts() {
    return !status.equals(CANCELLED);
  }

  /** Enters a command; returns why it is refused, or null. */
  @Nullable String enter(String command, Fields data) {
    if (command.equals("PlaceOrder")) {
      return place(data);
    }
    if (status.isEmpty()) {
      return "ORDER_NOT_FOUND";
    }
    if (status.equals(CANCELLED)) {
      return command.equals("CancelOrder") ? null : "ORDER_IS_CANCELLED";
    }
    int step = STEPS.indexOf(status);
    return switch (command) {
      case "ConfirmOrder" -> advance(step, 2, "");
      case "ShipOrder" -> ship(step, data.text("carrier") + " " + data.text("trackingNumber"));
      case "DeliverOrder" -> advance(step, 4, "ORDER_NOT_SHIPPED");
      case "CancelOrder" -> cancel(step);
      default -> throw new IllegalArgumentException("not a command of an order: " + command);
    };
  }

  private @Nullable String place(Fields data) {
    var given = data.values().toString();
    if (status.equals(CANCELLED)) {
      return "ORDER_IS_CANCELLED";
    }
    if (!status.isEmpty()) {
      return given.equals(contents) ? null : "ORDER_ALREADY_PLACED";
    }
    if (data.objects("lines").isEmpty()) {
      return "ORDER_IS_EMPTY";
    }
    for (var line : data.objects("lines")) {
      cents += line.number("quantity") * line.cents("unitPrice");
    }
    status = "PLACED";
    customer = data.text("customerId");
    currency = data.text("currency");
    contents = given;
    return null;
  }

  private @Nullable String advance(int step, int to, String tooEarly) {
    if (step < to - 1) {
      return tooEarly;
    }
    status = STEPS.get(Math.max(step, to));
    return null;
  }

  private @Nullable String ship(int step, String how) {
    if (step > 2) {
      return how.equals(parcel) ? null : "ORDER_ALREADY_SHIPPED";
    }
    parcel = step == 2 ? how : parcel;
    return advance(step, 3, "ORDER_NOT_CONFIRMED");
  }

  private @Nullable String cancel(int step) {
    if (step > 2) {
      return "ORDER_ALREADY_SHIPPED";
    }
    status = CANCELLED;
    return null;
  }
}
