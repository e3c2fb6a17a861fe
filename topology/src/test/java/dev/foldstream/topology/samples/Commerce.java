package dev.foldstream.topology.samples;

import dev.foldstream.topology.catalog.FixedCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/** The events of the example, as their schema files say. */
public final class Commerce {

  public static final String ORDERS = "commerce.order.events";
  public static final String ACCOUNTS = "commerce.account.events";

  private static final String CUSTOMER =
      """
      {"type": "record", "name": "CustomerOrders", "namespace": "commerce", "fields": [
        {"name": "customerId", "type": "string"},
        {"name": "orders", "type": "int"},
        {"name": "spent", "type": {"type": "bytes", "logicalType": "decimal", "precision": 18,
          "scale": 2}}]}
      """;

  private Commerce() {}

  public static FixedCatalog catalog() {
    return new FixedCatalog()
        .withAggregate(
            "commerce.order",
            6,
            events(
                "order",
                "OrderPlaced",
                "OrderConfirmed",
                "OrderShipped",
                "OrderDelivered",
                "OrderCancelled"))
        .withAggregate(
            "commerce.account",
            6,
            events("account", "AccountOpened", "MoneyDeposited", "AccountCharged"))
        .withView("customer-orders", new Schema.Parser().parse(CUSTOMER));
  }

  private static List<Schema> events(String aggregate, String... names) {
    return Arrays.stream(names).map(name -> schema(aggregate, name)).toList();
  }

  private static Schema schema(String aggregate, String name) {
    String file = "/META-INF/schemas/commerce/%s/%s.avsc".formatted(aggregate, name);
    try (var in = Commerce.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(file + " is not on the class path");
      }
      return new Schema.Parser().parse(in);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
