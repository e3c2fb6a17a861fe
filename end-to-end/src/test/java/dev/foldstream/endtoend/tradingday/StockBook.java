package dev.foldstream.endtoend.tradingday;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One article. */
final class StockBook {

  int onHand;
  boolean received;
  private final Map<String, Integer> reservations = new HashMap<>();
  private final Set<String> released = new HashSet<>();
  private final Set<String> dispatched = new HashSet<>();

  int reserved() {
    return reservations.values().stream().mapToInt(quantity -> quantity).sum();
  }

  /** Enters a command; returns why it is refused, or null. */
  @Nullable String enter(String command, Fields data) {
    return switch (command) {
      case "ReceiveStock" -> receive(data.number("quantity"));
      case "ReserveStock" -> reserve(data.text("orderId"), data.number("quantity"));
      case "ReleaseStock" -> end(data.text("orderId"), 0, released, dispatched);
      case "DispatchStock" -> end(data.text("orderId"), 1, dispatched, released);
      default -> throw new IllegalArgumentException("not a command of stock: " + command);
    };
  }

  private @Nullable String receive(int quantity) {
    if (quantity < 1) {
      return "QUANTITY_NOT_POSITIVE";
    }
    onHand += quantity;
    received = true;
    return null;
  }

  private @Nullable String reserve(String order, int quantity) {
    if (quantity < 1) {
      return "QUANTITY_NOT_POSITIVE";
    }
    int others = reserved() - reservations.getOrDefault(order, 0);
    if (others + quantity > onHand) {
      return "OUT_OF_STOCK";
    }
    reservations.put(order, quantity);
    return null;
  }

  private @Nullable String end(String order, int leaving, Set<String> ended, Set<String> other) {
    var quantity = reservations.remove(order);
    if (quantity == null) {
      return ended.contains(order) ? null : "NOT_RESERVED";
    }
    onHand -= leaving * quantity;
    ended.add(order);
    other.remove(order);
    return null;
  }
}
