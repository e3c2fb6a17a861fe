package dev.foldstream.eventstore.decision;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How one decision application does.
 *
 * @param partitions that this instance decides
 * @param failures that ended it and were followed by a new start
 * @param lastFailure what the last one was
 */
public record DecisionHealth(
    String applicationId,
    State state,
    SortedSet<Integer> partitions,
    long failures,
    @Nullable String lastFailure) {

  /** The states of an application. */
  public enum State {
    STOPPED,
    STARTING,
    /** The state is folded from the events; nothing is decided yet. */
    FOLDING,
    RUNNING,
    /** Partitions are being moved or restored, or it is started anew after a failure. */
    REBALANCING,
    /** Gave up; needs a person. */
    FAILED
  }
}
