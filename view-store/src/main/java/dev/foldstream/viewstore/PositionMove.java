package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;

/**
 * One position and where it goes, under the epoch of the claim.
 *
 * @param counts what became of the events in between, as many as there are sequences; a position
 *     that stays may still turn quarantined events into applied or discarded ones
 */
public record PositionMove(
    TopicPartitionName partition,
    Position expected,
    Position next,
    long epoch,
    LedgerCounts counts) {

  public PositionMove {
    if (next.sequence() < expected.sequence()) {
      throw new IllegalArgumentException(
          "a position never goes back; %s would go from %s to %s"
              .formatted(partition, expected, next));
    }
    if (counts.total() != next.sequence() - expected.sequence()) {
      throw new IllegalArgumentException(
          "every event is accounted for; %s would go from %s to %s with %s"
              .formatted(partition, expected, next, counts));
    }
  }

  /** A move over events that were all applied. */
  public PositionMove(TopicPartitionName partition, Position expected, Position next, long epoch) {
    this(
        partition,
        expected,
        next,
        epoch,
        LedgerCounts.applied(Math.max(0, next.sequence() - expected.sequence())));
  }
}
