package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.rows.Boundaries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The statement of one page. Names come from the row record alone, values are always parameters; a
 * column that is not there is refused.
 *
 * <p>The end of the page before is met by comparing whole tuples when all columns go the same way
 * and none can be null, which an index answers; otherwise by a chain of cases with nulls last.
 */
final class PageStatement {

  private final PostgresTable table;
  private final ViewQuery query;
  private final List<@Nullable Object> values = new ArrayList<>();
  private final String sql;

  PageStatement(PostgresTable table, String relation, ViewQuery query) {
    this.table = table;
    this.query = query;
    Boundaries.check(query);
    var conditions = new ArrayList<String>();
    query.filters().forEach(filter -> conditions.add(condition(filter)));
    if (query.after() != null) {
      conditions.add(after(query.after()));
    }
    this.sql =
        "select %s from \"%s\"%s order by %s limit %d"
            .formatted(
                table.selected(),
                relation,
                conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions),
                order(),
                Boundaries.fetched(query));
  }

  String sql() {
    return sql;
  }

  void bind(Query select) {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof Object[] array) {
        select.bind(i, PostgresRows.array("text", array));
      } else {
        select.bind(i, value);
      }
    }
  }

  private ViewColumn comparable(String name) {
    ViewColumn column = table.shape().known(name);
    if (!column.type().comparable()) {
      throw new IllegalArgumentException(
          "a column with one value was wanted; '%s' is nested".formatted(name));
    }
    return column;
  }

  private String condition(ViewQuery.Filter filter) {
    ViewColumn column = comparable(filter.column());
    String name = PostgresTable.quoted(column);
    return switch (filter.operator()) {
      case EQ -> name + " = " + parameter(column, filter);
      case NEQ -> name + " <> " + parameter(column, filter);
      case GT -> name + " > " + parameter(column, filter);
      case GTE -> name + " >= " + parameter(column, filter);
      case LT -> name + " < " + parameter(column, filter);
      case LTE -> name + " <= " + parameter(column, filter);
      case LIKE -> like(name, column, filter);
      case IN -> in(name, column, filter);
      case IS_NULL -> name + (filter.values().contains(true) ? " is null" : " is not null");
    };
  }

  private String parameter(ViewColumn column, ViewQuery.Filter filter) {
    return parameter(column, filter.values().getFirst());
  }

  private String parameter(ViewColumn column, @Nullable Object value) {
    values.add(PostgresTypes.out(value));
    return PostgresTypes.single(column.type());
  }

  private String like(String name, ViewColumn column, ViewQuery.Filter filter) {
    if (column.type() != ViewColumnType.TEXT && column.type() != ViewColumnType.ENUM) {
      throw new IllegalArgumentException(
          "like compares texts; column '%s' is %s".formatted(column.name(), column.type()));
    }
    String pattern = String.valueOf(filter.values().getFirst());
    values.add(
        pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%'));
    return name + " like ?::text";
  }

  private String in(String name, ViewColumn column, ViewQuery.Filter filter) {
    values.add(
        filter.values().stream().map(value -> String.valueOf(PostgresTypes.out(value))).toArray());
    return name + " = any(?::text[]::" + PostgresTypes.plain(column.type()) + "[])";
  }

  private String order() {
    var terms = new ArrayList<String>();
    for (ViewQuery.Order order : query.order()) {
      ViewColumn column = comparable(order.column());
      terms.add(
          PostgresTable.quoted(column)
              + (order.descending() ? " desc" : "")
              + (column.nullable() ? " nulls last" : ""));
    }
    terms.add(PostgresTable.KEY + (Boundaries.keyDescending(query) ? " desc" : ""));
    return String.join(", ", terms);
  }

  private String after(ViewQuery.Boundary after) {
    boolean keyDescending = Boundaries.keyDescending(query);
    boolean oneWay =
        query.order().stream()
            .allMatch(o -> o.descending() == keyDescending && !comparable(o.column()).nullable());
    return oneWay ? tupleAfter(after, keyDescending) : chainAfter(after, keyDescending);
  }

  private String tupleAfter(ViewQuery.Boundary after, boolean descending) {
    String names =
        query.order().stream()
            .map(o -> PostgresTable.quoted(comparable(o.column())) + ", ")
            .collect(Collectors.joining());
    var parameters = new StringBuilder();
    for (int i = 0; i < query.order().size(); i++) {
      parameters.append(
          parameter(comparable(query.order().get(i).column()), after.values().get(i)));
      parameters.append(", ");
    }
    values.add(after.key());
    return "(%s%s) %s (%s?::text)"
        .formatted(names, PostgresTable.KEY, descending ? "<" : ">", parameters);
  }

  private String chainAfter(ViewQuery.Boundary after, boolean keyDescending) {
    var cases = new ArrayList<String>();
    for (int last = 0; last <= query.order().size(); last++) {
      var terms = new ArrayList<String>();
      for (int i = 0; i < last; i++) {
        ViewColumn column = comparable(query.order().get(i).column());
        terms.add(
            PostgresTable.quoted(column)
                + " is not distinct from "
                + parameter(column, after.values().get(i)));
      }
      terms.add(
          last == query.order().size() ? keyAfter(after, keyDescending) : behind(after, last));
      cases.add(String.join(" and ", terms));
    }
    return "((" + String.join(") or (", cases) + "))";
  }

  private String keyAfter(ViewQuery.Boundary after, boolean descending) {
    values.add(after.key());
    return PostgresTable.KEY + (descending ? " < " : " > ") + "?::text";
  }

  /** Behind the value in the order, where nothing is behind null and null is behind everything. */
  private String behind(ViewQuery.Boundary after, int index) {
    ViewQuery.Order order = query.order().get(index);
    ViewColumn column = comparable(order.column());
    Object value = after.values().get(index);
    if (value == null) {
      return "false";
    }
    String name = PostgresTable.quoted(column);
    String compared = name + (order.descending() ? " < " : " > ") + parameter(column, value);
    return column.nullable() ? "(" + compared + " or " + name + " is null)" : compared;
  }
}
