package dev.foldstream.topology.document;

import java.time.Duration;

/** Times as they are written in documents. */
public final class Durations {

  private Durations() {}

  /** Of a text that the schema allows, such as {@code 5m}. */
  static Duration parse(String text) {
    String number = text.replaceAll("[a-z]", "");
    long count = Long.parseLong(number);
    return switch (text.substring(number.length())) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** The time in the largest unit that divides it. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0 && millis > 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
