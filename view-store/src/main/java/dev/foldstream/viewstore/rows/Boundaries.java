package dev.foldstream.viewstore.rows;

import dev.foldstream.viewstore.ViewPage;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where pages end and the next ones begin. */
public final class Boundaries {

  private Boundaries() {}

  /**
   * How many rows to ask for: one more than the page holds, to know whether there is a next one.
   */
  public static int fetched(ViewQuery query) {
    return limit(query) + 1;
  }

  private static int limit(ViewQuery query) {
    if (query.limit() < 1 || query.limit() > ViewQuery.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "a page has 1 to %d rows; asked for %d".formatted(ViewQuery.MAX_LIMIT, query.limit()));
    }
    return query.limit();
  }

  /** The page in these rows, which are at most {@link #fetched}. */
  public static ViewPage page(RowFields fields, ViewQuery query, List<ViewRow> rows) {
    if (rows.size() <= limit(query)) {
      return new ViewPage(List.copyOf(rows), null, null);
    }
    List<ViewRow> kept = List.copyOf(rows.subList(0, limit(query)));
    return new ViewPage(kept, after(fields, query.order(), kept.getLast()), null);
  }

  /** The boundary behind this row. */
  public static ViewQuery.Boundary after(
      RowFields fields, List<ViewQuery.Order> order, ViewRow last) {
    var values = new ArrayList<@Nullable Object>();
    for (ViewQuery.Order one : order) {
      values.add(fields.value(last.row(), fields.single(one.column())));
    }
    return new ViewQuery.Boundary(values, last.key());
  }

  /** Refuses a boundary that was made for another order. */
  public static void check(ViewQuery query) {
    ViewQuery.Boundary after = query.after();
    if (after != null && after.values().size() != query.order().size()) {
      throw new IllegalArgumentException(
          "a boundary has a value for each of the %d columns of the order; found %d"
              .formatted(query.order().size(), after.values().size()));
    }
  }

  /** The key follows the direction of the last column, so that one index serves both. */
  public static boolean keyDescending(List<ViewQuery.Order> order) {
    return !order.isEmpty() && order.getLast().descending();
  }
}
