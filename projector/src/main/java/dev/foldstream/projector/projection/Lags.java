package dev.foldstream.projector.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records a partition is behind. While it reads, the consumer knows; while it stands
 * still, the broker is asked now and then. The age is that of the oldest event that is not in the
 * view.
 */
final class Lags {

  private static final Logger LOG = LoggerFactory.getLogger(Lags.class);
  private static final Duration ASK_INTERVAL = Duration.ofSeconds(5);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final SourceReader source;
  private long askedAtNanos = System.nanoTime() - ASK_INTERVAL.toNanos();

  Lags(Consumer<byte[], byte[]> consumer, SourceReader source) {
    this.consumer = consumer;
    this.source = source;
  }

  /** These records are not in the view yet. */
  void begin(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, OwnedPartition> owned) {
    for (TopicPartition partition : records.partitions()) {
      OwnedPartition own = owned.get(partition);
      if (own != null) {
        var ofPartition = records.records(partition);
        own.behindSince(Instant.ofEpochMilli(ofPartition.getFirst().timestamp()));
        own.lag(consumer.currentLag(partition).orElse(0) + ofPartition.size());
      }
    }
  }

  /**
   * @param paused whether none of them reads, because somebody asked for it
   */
  void update(Collection<OwnedPartition> owned, boolean paused) {
    for (OwnedPartition partition : owned) {
      if (partition.reads() && !paused) {
        consumer
            .currentLag(partition.kafka())
            .ifPresent(
                lag -> {
                  partition.lag(lag);
                  if (lag == 0) {
                    partition.behindSince(null);
                  }
                });
      }
    }
    List<OwnedPartition> still = owned.stream().filter(own -> paused || !own.reads()).toList();
    if (!still.isEmpty() && System.nanoTime() - askedAtNanos > ASK_INTERVAL.toNanos()) {
      askedAtNanos = System.nanoTime();
      ask(still);
    }
  }

  private void ask(List<OwnedPartition> still) {
    try {
      var ends =
          consumer.endOffsets(still.stream().map(OwnedPartition::kafka).toList(), ASK_TIMEOUT);
      for (OwnedPartition partition : still) {
        Long end = ends.get(partition.kafka());
        if (end != null) {
          partition.lag(Math.max(0, end - partition.position().nextOffset()));
          age(partition, end);
        }
      }
    } catch (KafkaException away) {
      LOG.debug("The ends of partitions that stand still are not known: {}", away.getMessage());
    }
  }

  /** The oldest event that is not in the view gives the age; behind it may be markers alone. */
  private void age(OwnedPartition partition, long end) {
    long next = partition.position().nextOffset();
    if (end > next && partition.isClaimed() && !partition.isBehind()) {
      source.timeAt(partition.kafka(), next).ifPresent(partition::behindSince);
    }
  }
}
