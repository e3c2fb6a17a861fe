package dev.foldstream.viewstore.rows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;

/**
 * Values of one field as stores compare them: decimals by value, times to the microsecond, texts,
 * names of enums and UUIDs by code point.
 */
public final class ValueOrder implements Comparator<Object> {

  public static final ValueOrder STORED = new ValueOrder();

  private ValueOrder() {}

  @Override
  public int compare(Object one, Object other) {
    return switch (one) {
      case BigDecimal number -> number.compareTo((BigDecimal) other);
      case Instant time -> micros(time).compareTo(micros((Instant) other));
      case String text -> codePoints(text, text(other));
      case Enum<?> constant -> codePoints(constant.name(), text(other));
      case UUID id -> codePoints(id.toString(), text(other));
      default -> comparable(one).compareTo(other);
    };
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static int codePoints(String text, String other) {
    return Arrays.compare(text.codePoints().toArray(), other.codePoints().toArray());
  }

  static String text(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }
}
