package dev.foldstream.eventstore.process;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Which events a process type that never ran takes first. Once it has run it goes on where it was,
 * whatever this says.
 */
public sealed interface ProcessStart {

  /** Those from its first start on: commands for what is long over are not sent. The default. */
  record Now() implements ProcessStart {}

  /** All there are. */
  record Beginning() implements ProcessStart {}

  /**
   * Those stored at this time and later. Also says where to go on when the positions of a process
   * type that ran are lost.
   */
  record At(Instant time) implements ProcessStart {}

  /**
   * From a setting.
   *
   * @throws IllegalArgumentException saying what is wanted
   */
  static ProcessStart of(String text) {
    if (text.equals("now")) {
      return new Now();
    }
    if (text.equals("beginning")) {
      return new Beginning();
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeParseException other) {
      throw new IllegalArgumentException(
          "a process starts now, at the beginning or at a time such as 2026-01-31T12:00:00Z; found '%s'"
              .formatted(text),
          other);
    }
  }
}
