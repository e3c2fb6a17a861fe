package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowShape;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Columns in PostgreSQL's types, values in and out. Texts compare by code point. */
final class PostgresTypes {

  private PostgresTypes() {}

  static String declared(ViewColumn column) {
    if (column.element() == null) {
      return declared(column.type());
    }
    String array = plain(column.element()) + "[]";
    return isText(column.element()) ? array + " collate \"C\"" : array;
  }

  private static String declared(ViewColumnType type) {
    return switch (type) {
      case TEXT, ENUM -> "text collate \"C\"";
      case INTEGER -> "integer";
      case BIGINT -> "bigint";
      case DECIMAL -> "numeric";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamptz";
      case DATE -> "date";
      case UUID -> "uuid";
      case ARRAY -> throw new IllegalArgumentException("an array has a type of elements");
      case JSON -> "jsonb";
    };
  }

  /** The array that carries a column of a batch; of an array its texts. */
  static String parameter(ViewColumnType type) {
    return type == ViewColumnType.ARRAY ? "?::text[]" : "?::" + plain(type) + "[]";
  }

  /** What makes an element of that array a value of the column: unnest takes arrays apart. */
  static String cast(ViewColumn column) {
    return column.element() == null ? "" : "::" + plain(column.element()) + "[]";
  }

  /** The column's type without its collation. */
  static String plain(ViewColumnType type) {
    return isText(type) ? "text" : declared(type);
  }

  private static boolean isText(ViewColumnType type) {
    return type == ViewColumnType.TEXT || type == ViewColumnType.ENUM;
  }

  /** A single parameter, cast to the column's type. */
  static String single(ViewColumnType type) {
    return "?::" + plain(type);
  }

  /** The value as an element of its array; nested values come as JSON text already. */
  static @Nullable Object out(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS).toString();
      case LocalDate date -> date.toString();
      case UUID uuid -> uuid.toString();
      case Enum<?> constant -> constant.name();
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case List<?> list -> array(list);
      default -> value;
    };
  }

  /** PostgreSQL's text of an array. */
  private static String array(List<?> list) {
    var text = new StringBuilder("{");
    for (Object element : list) {
      text.append(text.length() == 1 ? "" : ",");
      Object value = out(element instanceof BigDecimal number ? number.toPlainString() : element);
      if (value == null) {
        text.append("NULL");
      } else {
        String quoted = value.toString().replace("\\", "\\\\").replace("\"", "\\\"");
        text.append('"').append(quoted).append('"');
      }
    }
    return text.append('}').toString();
  }

  /** The value of a column that is not nested. */
  static @Nullable Object in(ResultSet rows, int index, RowShape shape, int column)
      throws SQLException {
    ViewColumnType element = shape.columns().get(column).element();
    Class<?> javaType = shape.javaType(column);
    return element == null
        ? plain(rows, index, shape.columns().get(column).type(), javaType)
        : elements(rows.getArray(index), element, javaType);
  }

  private static @Nullable Object elements(
      @Nullable Array array, ViewColumnType element, Class<?> javaType) throws SQLException {
    if (array == null) {
      return null;
    }
    var list = new ArrayList<@Nullable Object>();
    try (ResultSet elements = array.getResultSet()) {
      while (elements.next()) {
        list.add(plain(elements, 2, element, javaType));
      }
    }
    return Collections.unmodifiableList(list);
  }

  private static @Nullable Object plain(
      ResultSet rows, int index, ViewColumnType type, Class<?> javaType) throws SQLException {
    Object value =
        switch (type) {
          case ARRAY -> throw new IllegalArgumentException("an array has a type of elements");
          case TEXT, ENUM, JSON -> rows.getString(index);
          case INTEGER -> rows.getInt(index);
          case BIGINT -> rows.getLong(index);
          case DECIMAL -> rows.getBigDecimal(index);
          case DOUBLE -> rows.getDouble(index);
          case BOOLEAN -> rows.getBoolean(index);
          case TIMESTAMP -> instant(rows.getObject(index, OffsetDateTime.class));
          case DATE -> rows.getObject(index, LocalDate.class);
          case UUID -> rows.getObject(index, UUID.class);
        };
    return rows.wasNull() || value == null ? null : fitted(value, javaType);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object fitted(Object value, Class<?> javaType) {
    if (javaType.isEnum()) {
      return Enum.valueOf((Class) javaType, (String) value);
    }
    if (javaType == short.class || javaType == Short.class) {
      return ((Integer) value).shortValue();
    }
    return value;
  }
}
