package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares positions with tokens. */
public final class Positions {

  private Positions() {}

  /**
   * For each of these partitions that the token is ahead of, how many events are missing.
   * Partitions that only the token knows are left out.
   */
  public static SortedMap<TopicPartitionName, Long> missing(
      Token token, Map<TopicPartitionName, Position> positions) {
    var missing = new TreeMap<TopicPartitionName, Long>();
    token
        .sequences()
        .forEach(
            (partition, wanted) -> {
              Position found = positions.get(partition);
              if (found != null && found.sequence() < wanted) {
                missing.put(partition, wanted - found.sequence());
              }
            });
    return missing;
  }

  /** The token of a reader that came this far. */
  public static Token token(Map<TopicPartitionName, Position> positions) {
    var sequences = new TreeMap<TopicPartitionName, Long>();
    positions.forEach((partition, position) -> sequences.put(partition, position.sequence()));
    return new Token(sequences);
  }
}
