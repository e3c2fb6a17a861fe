package dev.foldstream.projector.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Kafka the offsets for tools that show lag. Nothing of ours reads them. */
final class GroupOffsets {

  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private long committedAtNanos = System.nanoTime();

  GroupOffsets(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  void commitWhenDue(Collection<OwnedPartition> owned) {
    if (System.nanoTime() - committedAtNanos < INTERVAL.toNanos()) {
      return;
    }
    committedAtNanos = System.nanoTime();
    var offsets =
        owned.stream()
            .filter(OwnedPartition::reads)
            .collect(
                Collectors.toMap(
                    OwnedPartition::kafka,
                    partition -> new OffsetAndMetadata(partition.position().nextOffset())));
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (done, failure) -> {
            if (failure != null) {
              LOG.debug("Group offsets were not committed: {}", failure.getMessage());
            }
          });
    }
  }
}
