package dev.foldstream.commandservice;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the value of one record. */
final class StoredValue {

  private StoredValue() {}

  static byte[] read(String servers, TopicPartition partition, long offset) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      return consumer.poll(Duration.ofSeconds(10)).records(partition).getFirst().value();
    }
  }
}
