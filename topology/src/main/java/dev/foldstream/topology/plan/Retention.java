package dev.foldstream.topology.plan;

import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.Window;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long the stores of steps keep their entries. */
final class Retention {

  private Retention() {}

  /** In milliseconds; null for ever. */
  static @Nullable Long millis(Step step) {
    return switch (step) {
      case Step.Aggregate aggregate -> of(aggregate.window());
      case Step.Deduplicate deduplicate -> 2 * deduplicate.within().toMillis();
      case Step.Join join when join.within() != null ->
          2 * join.within().toMillis()
              + Objects.requireNonNullElse(join.grace(), Duration.ZERO).toMillis();
      default -> null;
    };
  }

  private static @Nullable Long of(@Nullable Window window) {
    if (window == null) {
      return null;
    }
    long size =
        switch (window) {
          case Window.Tumbling(var one, _) -> one.toMillis();
          case Window.Hopping(var one, _, _) -> one.toMillis();
          case Window.Sliding(var one, _) -> 2 * one.toMillis();
          case Window.Session(var gap, _) -> gap.toMillis();
        };
    return size + window.grace().toMillis();
  }
}
