package dev.foldstream.queryservice.filters;

import dev.foldstream.viewstore.ViewColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Values of columns as callers write them. */
final class ColumnValues {

  private static final int MAX_DIGITS = 100;
  private static final int MAX_NAMED = 50;
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  private ColumnValues() {}

  /** A text is no value of the column; the message says what one looks like. */
  static final class NoValueException extends Exception {
    private static final long serialVersionUID = 1L;

    NoValueException(String wanted) {
      super(wanted, null, false, false);
    }
  }

  /** The value in this text, of the column's Java type. */
  static Object read(ViewColumnType type, Class<?> javaType, String text) throws NoValueException {
    if (text.length() > QueryBounds.MAX_VALUE) {
      throw new NoValueException("a value of at most " + QueryBounds.MAX_VALUE + " characters");
    }
    checkStorable(text);
    try {
      return switch (type) {
        case TEXT -> text;
        case INTEGER -> integer(javaType, text);
        case BIGINT -> Long.parseLong(text);
        case DECIMAL -> decimal(text);
        case DOUBLE -> finite(text);
        case BOOLEAN -> bool(text);
        case TIMESTAMP -> instant(text);
        case DATE -> date(text);
        case UUID -> UUID.fromString(text);
        case ENUM -> constant(javaType, text);
        case ARRAY, JSON ->
            throw new NoValueException("a column with one value; this one holds several");
      };
    } catch (IllegalArgumentException | DateTimeException notOne) {
      throw new NoValueException(wanted(type, javaType));
    }
  }

  /** The pattern in this text. */
  static String pattern(String text) throws NoValueException {
    if (text.length() > QueryBounds.MAX_PATTERN) {
      throw new NoValueException("a pattern of at most " + QueryBounds.MAX_PATTERN + " characters");
    }
    if (text.chars().filter(c -> c == '*').count() > QueryBounds.MAX_STARS) {
      throw new NoValueException("a pattern with at most " + QueryBounds.MAX_STARS + " stars");
    }
    checkStorable(text);
    return text;
  }

  private static void checkStorable(String text) throws NoValueException {
    if (!storable(text)) {
      throw new NoValueException("a text of whole characters without U+0000");
    }
  }

  /** Whether a store can hold this text at all: no row has another one. */
  static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == '\0' || (Character.isSurrogate(c) && !pair)) {
        return false;
      }
      i += pair ? 1 : 0;
    }
    return true;
  }

  /** The text that {@link #read} makes this value of. */
  static String write(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  private static Object integer(Class<?> javaType, String text) {
    boolean small = javaType == short.class || javaType == Short.class;
    if (small) {
      return Short.parseShort(text);
    }
    return Integer.parseInt(text);
  }

  private static BigDecimal decimal(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new NumberFormatException("too long");
    }
    var value = new BigDecimal(text);
    if (Math.abs((long) value.scale()) > MAX_DIGITS) {
      throw new NumberFormatException("too large or too small");
    }
    return value;
  }

  private static double finite(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("not finite");
    }
    return value;
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Instant instant(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    checkYear(time.getYear());
    return time.toInstant();
  }

  private static LocalDate date(String text) {
    LocalDate date = LocalDate.parse(text);
    checkYear(date.getYear());
    return date;
  }

  private static void checkYear(int year) {
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw new IllegalArgumentException("year out of range");
    }
  }

  private static Object constant(Class<?> javaType, String text) {
    for (Object constant : javaType.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such constant");
  }

  private static String wanted(ViewColumnType type, Class<?> javaType) {
    return switch (type) {
      case TEXT, ARRAY, JSON -> "a text";
      case INTEGER -> "a whole number of " + (javaType == short.class ? "16" : "32") + " bits";
      case BIGINT -> "a whole number of 64 bits";
      case DECIMAL -> "a decimal number of at most " + MAX_DIGITS + " digits, like 19.90";
      case DOUBLE -> "a finite number, like 1.5";
      case BOOLEAN -> "true or false";
      case TIMESTAMP -> "a time with its offset, like 2026-01-31T12:00:00Z; a + is written %2B";
      case DATE -> "a date, like 2026-01-31";
      case UUID -> "a UUID";
      case ENUM -> "one of " + names(javaType);
    };
  }

  private static List<String> names(Class<?> javaType) {
    return Arrays.stream(javaType.getEnumConstants())
        .limit(MAX_NAMED)
        .map(constant -> ((Enum<?>) constant).name())
        .toList();
  }
}
