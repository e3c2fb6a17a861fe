package dev.foldstream.viewstore;

import dev.foldstream.kernel.TopicPartitionName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch makes of one row.
 *
 * @param before the row as it was loaded, {@link StoredRow#NONE} when there was none
 * @param revision the revision it becomes
 * @param row null when the row is to be removed
 * @param watermarks for each partition the last sequence folded in
 */
public record RowChange(
    String key,
    StoredRow before,
    long revision,
    @Nullable Record row,
    Map<TopicPartitionName, Long> watermarks) {

  public RowChange {
    watermarks = Map.copyOf(watermarks);
    if (revision <= before.revision()) {
      throw new IllegalArgumentException(
          "a changed row has a higher revision; row '%s' goes from %d to %d"
              .formatted(key, before.revision(), revision));
    }
  }

  /** The revision that was loaded, 0 when the row never was. */
  public long expectedRevision() {
    return before.revision();
  }
}
