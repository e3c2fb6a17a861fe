package dev.foldstream.viewstore.rows;

import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Whether a row that is at hand meets a condition, as every store would say. Thread-safe. */
public final class RowCondition {

  private final RowFields fields;
  private final Condition condition;

  public RowCondition(Class<? extends Record> row, Condition condition) {
    this.fields = RowFields.of(row);
    this.condition = condition;
  }

  public boolean isMetBy(Record row) {
    return meets(row, condition);
  }

  private boolean meets(Record row, Condition wanted) {
    return switch (wanted) {
      case All all -> all.of().stream().allMatch(one -> meets(row, one));
      case Any any -> any.of().stream().anyMatch(one -> meets(row, one));
      case Filter filter -> meets(fields.values(row, fields.known(filter.column())), filter);
    };
  }

  private static boolean meets(List<Object> values, Filter filter) {
    if (filter.operator() == Operator.IS_NULL) {
      return (values.isEmpty() == filter.values().contains(true)) != filter.not();
    }
    boolean not = filter.not() != (filter.operator() == Operator.NEQ);
    return !values.isEmpty() && values.stream().anyMatch(value -> meets(value, filter)) != not;
  }

  private static boolean meets(Object value, Filter filter) {
    Object wanted = filter.values().getFirst();
    return switch (filter.operator()) {
      case EQ, NEQ -> compare(value, wanted) == 0;
      case GT -> compare(value, wanted) > 0;
      case GTE -> compare(value, wanted) >= 0;
      case LT -> compare(value, wanted) < 0;
      case LTE -> compare(value, wanted) <= 0;
      case IN -> filter.values().stream().anyMatch(one -> compare(value, one) == 0);
      case LIKE -> like(text(value), text(wanted));
      case ILIKE -> like(lower(text(value)), lower(text(wanted)));
      case IS_NULL -> throw new IllegalStateException("compares nothing: " + filter);
    };
  }

  /** As stores do: decimals by value, times to the microsecond, texts by code point. */
  private static int compare(Object value, Object wanted) {
    return switch (value) {
      case BigDecimal number -> number.compareTo((BigDecimal) wanted);
      case Instant time -> micros(time).compareTo(micros((Instant) wanted));
      case String text -> codePoints(text, text(wanted));
      case Enum<?> constant -> codePoints(constant.name(), text(wanted));
      case UUID id -> codePoints(id.toString(), text(wanted));
      default -> comparable(value).compareTo(wanted);
    };
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static int codePoints(String text, String wanted) {
    return Arrays.compare(text.codePoints().toArray(), wanted.codePoints().toArray());
  }

  private static String text(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  private static String lower(String text) {
    return text.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Goes back to the last star when what follows it does not fit: never more than a product. */
  private static boolean like(String text, String pattern) {
    int at = 0;
    int next = 0;
    int star = -1;
    int afterStar = 0;
    while (at < text.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        star = next++;
        afterStar = at;
      } else if (next < pattern.length() && pattern.charAt(next) == text.charAt(at)) {
        at++;
        next++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++afterStar;
      } else {
        return false;
      }
    }
    while (next < pattern.length() && pattern.charAt(next) == '*') {
      next++;
    }
    return next == pattern.length();
  }
}
