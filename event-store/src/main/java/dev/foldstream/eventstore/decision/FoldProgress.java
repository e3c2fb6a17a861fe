package dev.foldstream.eventstore.decision;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the fold of a state is, over all instances that take part.
 *
 * @param eventsFolded by what is committed; a guess between commits
 * @param eventsToDo all events of the log when the fold began
 * @param endedAt null until it ended
 */
public record FoldProgress(
    State state,
    long eventsFolded,
    long eventsToDo,
    @Nullable Instant begunAt,
    @Nullable Instant endedAt) {

  /** The states of a fold. */
  public enum State {
    /** Not known yet, or the state is that of the log. */
    NOT_NEEDED,
    FOLDING,
    DONE,
    /** Ended without a state; nothing is decided. */
    FAILED
  }

  static final FoldProgress NONE = new FoldProgress(State.NOT_NEEDED, 0, 0, null, null);

  private static final double MILLIS_PER_SECOND = 1_000;

  /** Events in a second so far. */
  public double rate(Instant now) {
    if (begunAt == null) {
      return 0;
    }
    long millis = Duration.between(begunAt, endedAt == null ? now : endedAt).toMillis();
    return millis <= 0 ? 0 : eventsFolded * MILLIS_PER_SECOND / millis;
  }

  /** How long it still takes at this rate; null when that cannot be said. */
  public @Nullable Duration left(Instant now) {
    if (state != State.FOLDING) {
      return Duration.ZERO;
    }
    double rate = rate(now);
    return rate <= 0
        ? null
        : Duration.ofMillis((long) (MILLIS_PER_SECOND * (eventsToDo - eventsFolded) / rate));
  }

  FoldProgress at(long events) {
    return new FoldProgress(
        state, Math.max(eventsFolded, Math.min(events, eventsToDo)), eventsToDo, begunAt, endedAt);
  }

  FoldProgress ended(State end, Instant now) {
    return new FoldProgress(
        end, end == State.DONE ? eventsToDo : eventsFolded, eventsToDo, begunAt, now);
  }
}
