package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;

/** One position and where it goes, under the epoch of the claim. */
public record PositionMove(
    TopicPartitionName partition, Position expected, Position next, long epoch) {

  public PositionMove {
    if (next.sequence() < expected.sequence()) {
      throw new IllegalArgumentException(
          "a position never goes back; %s would go from %s to %s"
              .formatted(partition, expected, next));
    }
  }
}
