package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowField.Step;
import java.util.stream.Collectors;

/**
 * Fields as SQL expressions. All names in them are components of the row record; nothing of a
 * caller comes in here.
 */
final class FieldSql {

  /** What a field inside a list is called in its conditions. */
  private static final String ELEMENT = "element(v)";

  private FieldSql() {}

  /** The value of a field that a row has once. */
  static String value(RowField field) {
    String column = PostgresTable.quoted(field.column());
    if (!field.nested()) {
      return column;
    }
    String names =
        field.steps().stream().map(Step::name).collect(Collectors.joining(",", "'{", "}'"));
    return typed(field.type(), "(" + column + " #>> " + names + ")");
  }

  /** One of the values of a field that a row may have several times. */
  static String elementValue(RowField field) {
    return isArray(field) ? "element.v" : typed(field.type(), "(element.v #>> '{}')");
  }

  /** Whether any of the values meets this condition. */
  static String any(RowField field, String condition) {
    String values = isArray(field) ? "unnest(%s)" : "jsonb_path_query(%s, " + path(field) + ")";
    return "exists (select from %s as %s where %s)"
        .formatted(values.formatted(PostgresTable.quoted(field.column())), ELEMENT, condition);
  }

  private static String path(RowField field) {
    return field.steps().stream()
        .map(step -> step.elements() ? "[*]" : ".\"" + step.name() + "\"")
        .collect(Collectors.joining("", "'lax $", "'"));
  }

  /** Whether there is any value at all. */
  static String anyValue(RowField field) {
    return any(field, isArray(field) ? "element.v is not null" : "element.v <> 'null'::jsonb");
  }

  private static boolean isArray(RowField field) {
    return field.column().type() == ViewColumnType.ARRAY;
  }

  private static String typed(ViewColumnType type, String text) {
    return switch (type) {
      case TEXT, ENUM -> "(" + text + " collate \"C\")";
      case INTEGER, BIGINT, DECIMAL, DOUBLE, BOOLEAN, TIMESTAMP, DATE, UUID, ARRAY, JSON ->
          text + "::" + PostgresTypes.plain(type);
    };
  }
}
