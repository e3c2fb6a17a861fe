package dev.foldstream.commerce.order;

import static dev.foldstream.kernel.ViewStoreKind.ELASTICSEARCH;
import static dev.foldstream.kernel.ViewStoreKind.POSTGRESQL;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Feature.View;
import java.util.List;

/** The aggregate {@code order} and its views. */
public final class OrderFeatures {

  private OrderFeatures() {}

  public static List<Feature> all() {
    return List.of(
        Aggregate.of(
            "order", OrderCommand.class, Order.class, OrderEvent.class, new OrderDecider()),
        View.of("order-details", OrderEvent.class, OrderDetails.class, new OrderDetailsProjection())
            .in(POSTGRESQL, ELASTICSEARCH)
            .index("customerId")
            .index("status", "placedAt")
            .index("placedAt")
            .search("customerId", "lines.sku", "reason"));
  }
}
