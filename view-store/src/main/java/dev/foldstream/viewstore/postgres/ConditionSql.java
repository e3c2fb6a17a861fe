package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Conditions as SQL. Names come from the row record alone, values are always parameters, collected
 * in the order of their question marks; a field that is not there is refused.
 */
final class ConditionSql {

  private final RowFields fields;
  private final List<@Nullable Object> values = new ArrayList<>();

  ConditionSql(RowFields fields) {
    this.fields = fields;
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

  void bind(PreparedStatement select) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof Object[] array) {
        select.setArray(i + 1, select.getConnection().createArrayOf("text", array));
      } else {
        select.setObject(i + 1, value);
      }
    }
  }

  /** A parameter of the field's type. */
  String parameter(RowField field, @Nullable Object value) {
    values.add(PostgresTypes.out(value));
    return PostgresTypes.single(field.type());
  }

  /** A parameter that is a text. */
  String text(String value) {
    values.add(value);
    return "?::text";
  }

  String of(Condition condition) {
    return switch (condition) {
      case All all -> joined(all.of(), " and ", "true");
      case Any any -> joined(any.of(), " or ", "false");
      case Filter filter -> filter(filter);
    };
  }

  private String joined(List<Condition> conditions, String word, String ofNone) {
    return conditions.isEmpty()
        ? ofNone
        : conditions.stream().map(this::of).collect(Collectors.joining(word, "(", ")"));
  }

  private String filter(Filter filter) {
    RowField field = fields.known(filter.column());
    if (field.many()) {
      return manyValued(field, filter);
    }
    String compared = compared(FieldSql.value(field), field, filter);
    return filter.not() ? "not (" + compared + ")" : compared;
  }

  /** One value has to meet it; negated, there are values and none meets it. */
  private String manyValued(RowField field, Filter filter) {
    return switch (filter.operator()) {
      case IS_NULL -> (isTrue(filter) == filter.not() ? "" : "not ") + FieldSql.anyValue(field);
      case NEQ -> manyValued(field, eq(filter));
      case WITHIN -> {
        String other =
            FieldSql.any(
                field, "not (" + compared(FieldSql.elementValue(field), field, filter) + ")");
        yield filter.not() ? other : "(" + FieldSql.anyValue(field) + " and not " + other + ")";
      }
      case EQ, GT, GTE, LT, LTE, LIKE, ILIKE, IN -> {
        String met = FieldSql.any(field, compared(FieldSql.elementValue(field), field, filter));
        yield filter.not() ? "(not " + met + " and " + FieldSql.anyValue(field) + ")" : met;
      }
    };
  }

  private static Filter eq(Filter neq) {
    return new Filter(
        neq.column(), dev.foldstream.viewstore.ViewQuery.Operator.EQ, neq.values(), !neq.not());
  }

  private static boolean isTrue(Filter filter) {
    return filter.values().contains(true);
  }

  private String compared(String name, RowField field, Filter filter) {
    return switch (filter.operator()) {
      case EQ -> name + " = " + first(field, filter);
      case NEQ -> name + " <> " + first(field, filter);
      case GT -> name + " > " + first(field, filter);
      case GTE -> name + " >= " + first(field, filter);
      case LT -> name + " < " + first(field, filter);
      case LTE -> name + " <= " + first(field, filter);
      case LIKE -> name + " like " + pattern(field, filter);
      case ILIKE -> name + " ilike " + pattern(field, filter);
      case IN, WITHIN -> name + " = any(" + list(field, filter) + ")";
      case IS_NULL -> name + (isTrue(filter) ? " is null" : " is not null");
    };
  }

  private String first(RowField field, Filter filter) {
    return parameter(field, filter.values().getFirst());
  }

  private String pattern(RowField field, Filter filter) {
    if (!field.text()) {
      throw new IllegalArgumentException(
          "%s compares texts; field '%s' is %s"
              .formatted(filter.operator(), field.path(), field.type()));
    }
    String pattern = String.valueOf(filter.values().getFirst());
    return text(
        pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%'));
  }

  private String list(RowField field, Filter filter) {
    values.add(
        filter.values().stream().map(value -> String.valueOf(PostgresTypes.out(value))).toArray());
    return "?::text[]::" + PostgresTypes.plain(field.type()) + "[]";
  }
}
