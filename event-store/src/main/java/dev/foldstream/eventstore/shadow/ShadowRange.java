package dev.foldstream.eventstore.shadow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which commands are compared.
 *
 * @param last so many of each aggregate type, spread over its partitions; null when by time
 * @param from by the broker's clock, inclusive; null when by number
 * @param to exclusive, null for the end
 * @param limit of all commands
 */
public record ShadowRange(
    @Nullable Long last, @Nullable Instant from, @Nullable Instant to, int limit) {

  /** The last so many. */
  public static ShadowRange last(long many, int limit) {
    return new ShadowRange(many, null, null, limit);
  }

  /** Those of a time. */
  public static ShadowRange between(Instant from, @Nullable Instant to, int limit) {
    return new ShadowRange(null, from, to, limit);
  }

  long most() {
    return last == null ? limit : Math.min(last, limit);
  }
}
