package dev.foldstream.eventstore.outcomes;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits how far outcomes were handled, for whoever takes a partition over. A position is
 * committed a round after it was reached, when everything that was passed on before is stored.
 */
final class HandledPositions {

  static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(HandledPositions.class);

  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private AtomicInteger passing = new AtomicInteger();
  private @Nullable Round round;
  private long roundAtNanos;

  private record Round(Map<TopicPartition, OffsetAndMetadata> positions, AtomicInteger passing) {}

  /** Something is passed on; the answer is to be run when that is done. */
  Runnable passing() {
    AtomicInteger now = passing;
    now.incrementAndGet();
    return now::decrementAndGet;
  }

  /** Called often; commits seldom, and never waits for it. */
  void commit(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> positions,
      Set<TopicPartition> partitions) {
    Round last = round;
    if (last != null) {
      if (last.passing().get() == 0) {
        round = null;
        consumer.commitAsync(last.positions(), (offsets, failed) -> told(offsets, failed));
      }
    } else if (System.nanoTime() - roundAtNanos >= BETWEEN_COMMITS.toNanos()) {
      begin(positions, partitions);
    }
  }

  private void begin(Map<TopicPartition, Long> positions, Set<TopicPartition> partitions) {
    roundAtNanos = System.nanoTime();
    var moved = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (TopicPartition partition : partitions) {
      Long position = positions.get(partition);
      if (position != null && !position.equals(committed.get(partition))) {
        moved.put(partition, new OffsetAndMetadata(position));
      }
    }
    if (!moved.isEmpty()) {
      round = new Round(moved, passing);
      passing = new AtomicInteger();
    }
  }

  private void told(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failed) {
    if (failed == null) {
      offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    } else {
      LOG.debug("Positions of outcomes were not committed and will be: {}", failed.getMessage());
    }
  }
}
