package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.rows.Boundaries;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement of one page.
 *
 * <p>The end of the page before is met by comparing whole tuples when all fields go the same way
 * and none can be null, which an index answers; otherwise by a chain of cases.
 */
final class PageStatement {

  private final RowFields fields;
  private final ViewQuery query;
  private final ConditionSql conditions;
  private final String sql;

  PageStatement(PostgresTable table, String relation, ViewQuery query) {
    this.fields = RowFields.of(table.shape().type());
    this.query = query;
    this.conditions = new ConditionSql(fields);
    Boundaries.check(query);
    String where = conditions.of(query.where());
    String after = query.after() == null ? "" : " and " + after(query.after());
    this.sql =
        "select %s from \"%s\" where %s%s order by %s limit %d"
            .formatted(
                table.selected(), relation, where, after, order(), Boundaries.fetched(query));
  }

  String sql() {
    return sql;
  }

  void bind(PreparedStatement select) throws SQLException {
    conditions.bind(select);
  }

  private RowField field(Order order) {
    return fields.single(order.column());
  }

  private String order() {
    var terms = new ArrayList<String>();
    for (Order order : query.order()) {
      RowField field = field(order);
      String nulls = order.nullsFirst() ? " nulls first" : " nulls last";
      terms.add(
          FieldSql.value(field)
              + (order.descending() ? " desc" : "")
              + (field.nullable() ? nulls : ""));
    }
    terms.add(PostgresTable.KEY + (Boundaries.keyDescending(query.order()) ? " desc" : ""));
    return String.join(", ", terms);
  }

  private String after(ViewQuery.Boundary after) {
    boolean keyDescending = Boundaries.keyDescending(query.order());
    boolean oneWay =
        query.order().stream()
            .allMatch(o -> o.descending() == keyDescending && !field(o).nullable());
    return oneWay ? tupleAfter(after, keyDescending) : chainAfter(after, keyDescending);
  }

  private String tupleAfter(ViewQuery.Boundary after, boolean descending) {
    String names =
        query.order().stream()
            .map(o -> FieldSql.value(field(o)) + ", ")
            .collect(Collectors.joining());
    var parameters = new StringBuilder();
    for (int i = 0; i < query.order().size(); i++) {
      parameters.append(conditions.parameter(field(query.order().get(i)), after.values().get(i)));
      parameters.append(", ");
    }
    return "(%s%s) %s (%s%s)"
        .formatted(
            names,
            PostgresTable.KEY,
            descending ? "<" : ">",
            parameters,
            conditions.text(after.key()));
  }

  private String chainAfter(ViewQuery.Boundary after, boolean keyDescending) {
    List<Order> order = query.order();
    String bound = firstBound(after);
    var cases = new ArrayList<String>();
    for (int last = 0; last <= order.size(); last++) {
      var terms = new ArrayList<String>();
      for (int i = 0; i < last; i++) {
        RowField field = field(order.get(i));
        terms.add(
            FieldSql.value(field)
                + " is not distinct from "
                + conditions.parameter(field, after.values().get(i)));
      }
      terms.add(last == order.size() ? keyAfter(after, keyDescending) : behind(after, last));
      cases.add(String.join(" and ", terms));
    }
    return bound + "((" + String.join(") or (", cases) + "))";
  }

  /** Follows from the cases, and lets an index begin where the page does. */
  private String firstBound(ViewQuery.Boundary after) {
    Order first = query.order().getFirst();
    RowField field = field(first);
    return field.nullable()
        ? ""
        : FieldSql.value(field)
            + (first.descending() ? " <= " : " >= ")
            + conditions.parameter(field, after.values().getFirst())
            + " and ";
  }

  private String keyAfter(ViewQuery.Boundary after, boolean descending) {
    return PostgresTable.KEY + (descending ? " < " : " > ") + conditions.text(after.key());
  }

  /** Behind the value in the order, where null is before or behind everything. */
  private String behind(ViewQuery.Boundary after, int index) {
    Order order = query.order().get(index);
    RowField field = field(order);
    Object value = after.values().get(index);
    String name = FieldSql.value(field);
    if (value == null) {
      return order.nullsFirst() ? name + " is not null" : "false";
    }
    String compared =
        name + (order.descending() ? " < " : " > ") + conditions.parameter(field, value);
    boolean nullsBehind = field.nullable() && !order.nullsFirst();
    return nullsBehind ? "(" + compared + " or " + name + " is null)" : compared;
  }
}
