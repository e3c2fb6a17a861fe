package dev.foldstream.viewstore;

import dev.foldstream.kernel.TopicPartitionName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the projector loads it.
 *
 * @param revision counts the events folded into the row, 0 when it never was
 * @param row null when there is none: it was never made, or was removed
 * @param watermarks for each partition the last sequence folded in; empty in a store that writes
 *     rows and positions in one transaction and needs none
 * @param stamp what the store wants to see again at the commit; empty for a row that never was
 */
public record StoredRow(
    long revision, @Nullable Record row, Map<TopicPartitionName, Long> watermarks, String stamp) {

  public static final StoredRow NONE = new StoredRow(0, null, Map.of(), "");

  /** What a change leaves in a store that keeps neither watermarks nor stamps. */
  public static StoredRow of(RowChange change) {
    return new StoredRow(change.revision(), change.row(), Map.of(), "");
  }

  public StoredRow {
    watermarks = Map.copyOf(watermarks);
  }
}
