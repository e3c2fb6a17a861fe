package dev.foldstream.viewstore.rows;

import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import java.util.List;

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
    if (filter.operator() == Operator.WITHIN) {
      boolean within = values.stream().allMatch(value -> isOneOf(filter.values(), value));
      return !values.isEmpty() && within != filter.not();
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
      case IN, WITHIN -> isOneOf(filter.values(), value);
      case LIKE -> like(text(value), text(wanted));
      case ILIKE -> like(lower(text(value)), lower(text(wanted)));
      case IS_NULL -> throw new IllegalStateException("compares nothing: " + filter);
    };
  }

  private static boolean isOneOf(List<Object> some, Object value) {
    return some.stream().anyMatch(one -> compare(value, one) == 0);
  }

  private static int compare(Object value, Object wanted) {
    return ValueOrder.STORED.compare(value, wanted);
  }

  private static String text(Object value) {
    return ValueOrder.text(value);
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
