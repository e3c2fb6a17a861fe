package dev.foldstream.eventstore.recovery;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How one Kafka Streams application does in this instance.
 *
 * @param partitions that this instance owns
 * @param failures that ended it and were followed by a new start
 * @param lastFailure what the last one was
 */
public record StreamsHealth(
    State state, SortedSet<Integer> partitions, long failures, @Nullable String lastFailure) {

  /** The states of an application. */
  public enum State {
    STOPPED,
    STARTING,
    RUNNING,
    /** Partitions are being moved or restored, or it is started anew after a failure. */
    REBALANCING,
    /** Gave up; needs a person. */
    FAILED
  }
}
