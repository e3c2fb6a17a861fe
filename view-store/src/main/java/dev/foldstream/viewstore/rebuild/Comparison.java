package dev.foldstream.viewstore.rebuild;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two versions of a view after the same events.
 *
 * @param at the last sequence of each partition that both had seen
 * @param liveRows rows of the live version
 * @param builtRows rows of the version that was built
 * @param columns what was compared: the columns that both versions have with the same type
 * @param differences the first keys that differ, at most {@link #MAX_DIFFERENCES}
 * @param more whether further keys may differ
 */
public record Comparison(
    List<Reached> at,
    long liveRows,
    long builtRows,
    List<String> columns,
    List<Difference> differences,
    boolean more) {

  /** How many differing keys are listed. */
  public static final int MAX_DIFFERENCES = 100;

  public Comparison {
    at = List.copyOf(at);
    columns = List.copyOf(columns);
    differences = List.copyOf(differences);
  }

  /** Where one partition stood. */
  public record Reached(String topic, int partition, long sequence) {

    /** In order of partition. */
    public static List<Reached> of(Map<TopicPartitionName, Position> positions) {
      return new TreeMap<>(positions)
          .entrySet().stream()
              .map(
                  at ->
                      new Reached(
                          at.getKey().topic(), at.getKey().partition(), at.getValue().sequence()))
              .toList();
    }
  }

  /** One key whose rows are not the same. */
  public record Difference(String key, What what) {}

  /** How a key differs. */
  public enum What {
    /** Only the live version has a row. */
    MISSING,
    /** Only the built version has a row. */
    ADDED,
    /** Both have one, with other values. */
    CHANGED
  }

  /** Whether both versions say the same. */
  public boolean same() {
    return differences.isEmpty() && !more;
  }
}
