package dev.foldstream.commerce.customerorders;

import dev.foldstream.commerce.events.CustomerEvent;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.View;
import java.util.List;

/** The view {@code customer-orders}. */
public final class CustomerOrdersFeatures {

  private CustomerOrdersFeatures() {}

  public static List<Feature> all() {
    return List.of(
        View.of(
                "customer-orders",
                CustomerEvent.class,
                CustomerOrders.class,
                new CustomerOrdersProjection())
            .index("spent")
            .index("lastOrderAt"));
  }
}
