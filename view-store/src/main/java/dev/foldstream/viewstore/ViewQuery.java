package dev.foldstream.viewstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a view. Values are already of the field's Java type.
 *
 * @param where what a row must meet
 * @param order the key of the row is always the last, implied order, so that pages are exact
 * @param limit rows of a page, 1 to {@link #MAX_LIMIT}
 * @param after the end of the page before, or null for the first page
 * @param count whether all rows that meet the condition are counted, too
 */
public record ViewQuery(
    Condition where, List<Order> order, int limit, @Nullable Boundary after, Count count) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 1000;

  /** What every row meets. */
  public static final Condition EVERY_ROW = new All(List.of());

  public ViewQuery {
    order = List.copyOf(order);
  }

  /** A page of the rows that meet all of these, without a count. */
  public ViewQuery(List<Filter> filters, List<Order> order, int limit, @Nullable Boundary after) {
    this(new All(List.copyOf(filters)), order, limit, after, Count.NONE);
  }

  /** Whether, and how well, the rows that meet the condition are counted. */
  public enum Count {
    NONE,
    /** Exact while there are few, an estimate of the store beyond. */
    ESTIMATED,
    EXACT
  }

  /**
   * What a row meets or does not meet, as every store understands it.
   *
   * <ol>
   *   <li>A field is a column, or a dotted path into a column's nested records: {@code lines.sku}.
   *   <li>A field inside a list has many values. It meets a filter when one of them does, and a
   *       negated filter when it has values and none of them does; {@code WITHIN} looks at all.
   *   <li>A field without a value meets {@code IS_NULL} only: neither another operator nor its
   *       negation.
   * </ol>
   */
  public sealed interface Condition {

    /** The opposite, without a row that has no value where this one asks for one. */
    default Condition negated() {
      return switch (this) {
        case All all -> new Any(all.of().stream().map(Condition::negated).toList());
        case Any any -> new All(any.of().stream().map(Condition::negated).toList());
        case Filter filter ->
            new Filter(filter.column(), filter.operator(), filter.values(), !filter.not());
      };
    }
  }

  /** Met when all are; of none it is met. */
  public record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }
  }

  /** Met when one is; of none it is not met. */
  public record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }
  }

  /**
   * How a field is compared. {@code LIKE} and {@code ILIKE} take a text whose {@code *} stands for
   * any characters, and nothing else in it is special; {@code ILIKE} does not tell the letters A to
   * Z from a to z. Texts compare by code point. {@code WITHIN} is met when every value is one of
   * those given; for a field with one value it is {@code IN}.
   */
  public enum Operator {
    EQ,
    NEQ,
    GT,
    GTE,
    LT,
    LTE,
    LIKE,
    ILIKE,
    IN,
    WITHIN,
    IS_NULL
  }

  /**
   * One comparison; {@code IN} and {@code WITHIN} take several values, {@code IS_NULL} one Boolean,
   * all others one value.
   *
   * @param column a column or a path into one
   * @param not whether the opposite is asked for
   */
  public record Filter(String column, Operator operator, List<Object> values, boolean not)
      implements Condition {

    public Filter {
      values = List.copyOf(values);
    }

    public Filter(String column, Operator operator, List<Object> values) {
      this(column, operator, values, false);
    }
  }

  /**
   * A field with one value at most to order by.
   *
   * @param nullsFirst whether rows without a value come first; they come last otherwise, in either
   *     direction
   */
  public record Order(String column, boolean descending, boolean nullsFirst) {
    public Order(String column, boolean descending) {
      this(column, descending, false);
    }
  }

  /** The order values and the key of the last row of a page. */
  public record Boundary(List<@Nullable Object> values, String key) {}
}
