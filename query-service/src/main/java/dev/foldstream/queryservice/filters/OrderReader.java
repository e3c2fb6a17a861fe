package dev.foldstream.queryservice.filters;

import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.rows.RowField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code order=a.desc.nullsfirst,b}: fields with their direction and place of nulls. */
final class OrderReader {

  static final String PARAMETER = "order";

  private static final String DESCENDING = ".desc";
  private static final String ASCENDING = ".asc";
  private static final String NULLS_FIRST = ".nullsfirst";
  private static final String NULLS_LAST = ".nullslast";

  private final Fields fields;
  private final InvalidQuery invalid;
  private final List<Order> order = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  OrderReader(Fields fields, InvalidQuery invalid) {
    this.fields = fields;
    this.invalid = invalid;
  }

  List<Order> read(String text) {
    String[] terms = text.split(",", -1);
    if (terms.length > QueryBounds.MAX_ORDER) {
      invalid.add(
          PARAMETER,
          "an order names at most %d columns; found %d"
              .formatted(QueryBounds.MAX_ORDER, terms.length));
      return List.of();
    }
    int at = 1;
    for (String term : terms) {
      term(term, at);
      at += term.length() + 1;
    }
    return List.copyOf(order);
  }

  private void term(String term, int at) {
    boolean nullsFirst = term.endsWith(NULLS_FIRST);
    String rest = without(term, nullsFirst ? NULLS_FIRST : NULLS_LAST);
    boolean descending = rest.endsWith(DESCENDING);
    String name = without(rest, descending ? DESCENDING : ASCENDING);
    int dot = name.lastIndexOf('.');
    if (dot > 0 && !fields.has(name) && fields.has(name.substring(0, dot))) {
      invalid.add(
          PARAMETER,
          at + dot,
          "a column is ordered by .asc or .desc, and may go on with .nullsfirst or .nullslast; found '%s'"
              .formatted(Fields.shortened(term)));
      return;
    }
    Optional<RowField> field = fields.sortable(PARAMETER, at, name);
    if (field.isEmpty()) {
      return;
    }
    if (!seen.add(name)) {
      invalid.add(PARAMETER, at, "a column is ordered by once; '%s' comes twice".formatted(name));
      return;
    }
    order.add(new Order(name, descending, nullsFirst));
  }

  private static String without(String text, String end) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }
}
