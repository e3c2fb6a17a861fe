package dev.foldstream.eventstore.outcomes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** All partitions of these topics, from their ends at the first start. */
final class AllPartitions implements ReadPartitions {

  private final Collection<String> topics;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  AllPartitions(Collection<String> topics) {
    this.topics = topics;
  }

  @Override
  public void begin(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = of(consumer);
    consumer.assign(partitions);
    if (positions.isEmpty()) {
      positions.putAll(consumer.endOffsets(partitions));
    }
    positions.forEach(consumer::seek);
  }

  private List<TopicPartition> of(Consumer<byte[], byte[]> consumer) {
    var partitions = new ArrayList<TopicPartition>();
    for (String topic : topics) {
      for (var info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    }
    return partitions;
  }

  @Override
  public void follow(Consumer<byte[], byte[]> consumer) {}

  @Override
  public void taken(Map<TopicPartition, OffsetAndMetadata> next) {
    next.forEach((partition, offset) -> positions.put(partition, offset.offset()));
  }
}
