package dev.foldstream.eventstore.outcomes;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Which partitions a reader of outcomes reads, and from where. Used by the reader's thread. */
interface ReadPartitions {

  /** Assigns to a new consumer what the last one read, from where that one was. */
  void begin(Consumer<byte[], byte[]> consumer);

  /** Called before each poll: changes what is read, when that is to change. */
  void follow(Consumer<byte[], byte[]> consumer);

  /** Everything before these positions was taken. */
  void taken(Map<TopicPartition, OffsetAndMetadata> next);
}
