package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;

/**
 * Lets a caller wait until a view has seen what its token names. Thread-safe; blocks the calling
 * thread, best a virtual one.
 *
 * <ol>
 *   <li>Only partitions that feed the view count; others in the token are no concern of it.
 *   <li>A view that is there already answers at once.
 *   <li>Whoever waits costs the store nothing: one thread for the store looks after all of them.
 *   <li>A store that stops answering makes the wait longer, never wrong; one that does not answer
 *       the first look throws {@link ViewStoreUnavailableException}.
 * </ol>
 */
public interface PositionWatch {

  Progress await(ViewDefinition view, Token token, Duration atMost) throws InterruptedException;

  /** How a wait ended. */
  sealed interface Progress {

    /** What was read when the token was met. */
    record Reached(Map<TopicPartitionName, Position> positions) implements Progress {}

    /** For each partition that is behind, how many events are missing. */
    record Behind(
        Map<TopicPartitionName, Position> positions, SortedMap<TopicPartitionName, Long> missing)
        implements Progress {

      public long missingEvents() {
        return missing.values().stream().mapToLong(Long::longValue).sum();
      }
    }
  }
}
