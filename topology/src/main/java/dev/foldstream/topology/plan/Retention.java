package dev.foldstream.topology.plan;

import dev.foldstream.topology.document.Step;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long the stores of steps keep their entries. */
final class Retention {

  private Retention() {}

  /** In milliseconds; null for ever. */
  static @Nullable Long millis(Step step) {
    return switch (step) {
      case Step.Aggregate aggregate -> millis(aggregate.kept());
      case Step.Deduplicate deduplicate -> 2 * deduplicate.within().toMillis();
      case Step.Join join when join.within() != null ->
          2 * join.within().toMillis()
              + Objects.requireNonNullElse(join.grace(), Duration.ZERO).toMillis();
      case Step.Detect detect -> 2 * detect.forget().toMillis();
      case Step.Alert alert -> 2 * alert.forget().toMillis();
      default -> null;
    };
  }

  /** After which time a step forgets a key that was not seen; null when it is no such step. */
  static @Nullable Duration forget(Step step) {
    return switch (step) {
      case Step.Detect detect -> detect.forget();
      case Step.Alert alert -> alert.forget();
      default -> null;
    };
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }
}
