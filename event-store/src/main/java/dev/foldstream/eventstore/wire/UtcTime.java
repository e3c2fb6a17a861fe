package dev.foldstream.eventstore.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one form in which {@link Instant#toString()} writes times of four-digit years. Java's
 * own parser knows every form there is and takes twenty times as long.
 */
final class UtcTime {

  private static final int SECONDS_END = 19;
  private static final int NANO_DIGITS = 9;
  private static final String SEPARATORS = "0000-00-00T00:00:00";

  private UtcTime() {}

  /** Null for any other form, good or bad. */
  static @Nullable Instant parse(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_END || end > SECONDS_END + 1 + NANO_DIGITS || text.charAt(end) != 'Z') {
      return null;
    }
    for (int i = 0; i < SECONDS_END; i++) {
      char wanted = SEPARATORS.charAt(i);
      if (wanted == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
        return null;
      }
    }
    int nanos = nanos(text, end);
    try {
      return nanos < 0 ? null : instant(text, nanos);
    } catch (DateTimeException impossible) {
      return null;
    }
  }

  private static Instant instant(String text, int nanos) {
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            nanos)
        .toInstant(ZoneOffset.UTC);
  }

  /** The fraction, -1 when it is none. */
  private static int nanos(String text, int end) {
    if (end == SECONDS_END) {
      return 0;
    }
    if (text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1) {
      return -1;
    }
    int nanos = 0;
    for (int i = 0; i < NANO_DIGITS; i++) {
      int at = SECONDS_END + 1 + i;
      char digit = at < end ? text.charAt(at) : '0';
      if (!isDigit(digit)) {
        return -1;
      }
      nanos = 10 * nanos + digit - '0';
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char one) {
    return one >= '0' && one <= '9';
  }
}
