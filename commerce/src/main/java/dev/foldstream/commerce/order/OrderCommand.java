package dev.foldstream.commerce.order;

import dev.foldstream.commerce.values.Check;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What an order can be asked. The aggregate's id is the order's id. */
public sealed interface OrderCommand {

  /**
   * Places the order. Placing it again with equal contents changes nothing.
   *
   * @param customerId whose order it is: the id of the customer's account
   * @param currency of all prices, an ISO 4217 code
   * @param lines at most {@value #MAX_LINES}
   */
  record PlaceOrder(String customerId, String currency, List<OrderLine> lines)
      implements OrderCommand {

    public static final int MAX_LINES = 100;
    public static final int MAX_QUANTITY = 10_000;
    public static final BigDecimal MAX_UNIT_PRICE = new BigDecimal("99999.99");

    public PlaceOrder {
      Check.id("customerId", customerId);
      Check.currency("currency", currency);
      if (lines.size() > MAX_LINES) {
        throw new IllegalArgumentException(
            "lines: wanted at most " + MAX_LINES + "; found " + lines.size());
      }
      var given = lines;
      lines = IntStream.range(0, given.size()).mapToObj(i -> checked(i, given.get(i))).toList();
    }

    private static OrderLine checked(int index, OrderLine line) {
      var at = "lines/" + index + "/";
      var unitPrice = Check.money(at + "unitPrice", line.unitPrice());
      if (unitPrice.signum() < 0 || unitPrice.compareTo(MAX_UNIT_PRICE) > 0) {
        throw new IllegalArgumentException(
            at + "unitPrice: wanted 0 to " + MAX_UNIT_PRICE + "; found " + unitPrice);
      }
      return new OrderLine(
          Check.id(at + "sku", line.sku()),
          Check.between(at + "quantity", 1, MAX_QUANTITY, line.quantity()),
          unitPrice);
    }
  }

  /** Says that the order can be fulfilled. */
  record ConfirmOrder() implements OrderCommand {}

  /** Hands the order to a carrier. */
  record ShipOrder(String carrier, String trackingNumber) implements OrderCommand {

    public static final int MAX_LENGTH = 100;

    public ShipOrder {
      Check.text("carrier", carrier, MAX_LENGTH);
      Check.text("trackingNumber", trackingNumber, MAX_LENGTH);
    }
  }

  /**
   * Says that the order has arrived.
   *
   * @param receivedBy who took it, if the carrier says so
   */
  record DeliverOrder(@Nullable String receivedBy) implements OrderCommand {

    public static final int MAX_LENGTH = 100;

    public DeliverOrder {
      if (receivedBy != null) {
        Check.text("receivedBy", receivedBy, MAX_LENGTH);
      }
    }
  }

  /** Cancels the order, which is possible until it is shipped. The first reason stands. */
  record CancelOrder(String reason) implements OrderCommand {

    public static final int MAX_LENGTH = 500;

    public CancelOrder {
      Check.text("reason", reason, MAX_LENGTH);
    }
  }
}
