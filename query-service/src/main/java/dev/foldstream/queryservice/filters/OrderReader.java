package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads {@code order=a.desc,b}. */
final class OrderReader {

  static final String PARAMETER = "order";
  static final int MAX_COLUMNS = 8;

  private OrderReader() {}

  static List<Order> read(ServedView view, String text, InvalidQuery invalid) {
    var order = new ArrayList<Order>();
    var seen = new HashSet<String>();
    String[] parts = text.split(",", -1);
    if (parts.length > MAX_COLUMNS) {
      invalid.add(
          PARAMETER,
          "an order names at most %d columns; found %d".formatted(MAX_COLUMNS, parts.length));
      return List.of();
    }
    for (String part : parts) {
      int dot = part.indexOf('.');
      String name = dot < 0 ? part : part.substring(0, dot);
      String direction = dot < 0 ? "asc" : part.substring(dot + 1);
      if (!direction.equals("asc") && !direction.equals("desc")) {
        invalid.add(
            PARAMETER,
            "a column is ordered by .asc or .desc; found '%s'".formatted(Columns.shortened(part)));
      } else if (!seen.add(name)) {
        invalid.add(PARAMETER, "a column is ordered by once; '%s' comes twice".formatted(name));
      } else {
        Columns.comparable(view, PARAMETER, name, invalid)
            .ifPresent(column -> order.add(new Order(name, direction.equals("desc"))));
      }
    }
    return List.copyOf(order);
  }
}
