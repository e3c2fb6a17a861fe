package dev.foldstream.viewstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a view. Values are already of the column's Java type.
 *
 * @param filters all must hold
 * @param order the key of the row is always the last, implied order, so that pages are exact
 * @param limit rows of a page, 1 to {@link #MAX_LIMIT}
 * @param after the end of the page before, or null for the first page
 */
public record ViewQuery(
    List<Filter> filters, List<Order> order, int limit, @Nullable Boundary after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 1000;

  public ViewQuery {
    filters = List.copyOf(filters);
    order = List.copyOf(order);
  }

  /**
   * How a column is compared. A null in the row meets {@code IS_NULL} only. {@code LIKE} takes a
   * text whose {@code *} stands for any characters, and nothing else in it is special; texts
   * compare by code point. Nulls come last in either order.
   */
  public enum Operator {
    EQ,
    NEQ,
    GT,
    GTE,
    LT,
    LTE,
    LIKE,
    IN,
    IS_NULL
  }

  /**
   * One condition; {@code IN} takes several values, {@code IS_NULL} one Boolean, all others one
   * value.
   */
  public record Filter(String column, Operator operator, List<Object> values) {}

  public record Order(String column, boolean descending) {}

  /** The order values and the key of the last row of a page. */
  public record Boundary(List<@Nullable Object> values, String key) {}
}
