package dev.foldstream.topologyservice.positions;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that an application has not read yet.
 *
 * @param byTopic in order of name
 */
public record Lag(Map<String, Long> byTopic) {

  public Lag {
    byTopic = new TreeMap<>(byTopic);
  }

  static Lag of(
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> committed) {
    var byTopic = new TreeMap<String, Long>();
    ends.forEach(
        (partition, end) -> {
          long from =
              Math.max(committed.getOrDefault(partition, 0L), begins.getOrDefault(partition, 0L));
          byTopic.merge(partition.topic(), Math.max(0, end - from), Long::sum);
        });
    return new Lag(byTopic);
  }

  public long events() {
    return byTopic.values().stream().mapToLong(value -> value).sum();
  }
}
