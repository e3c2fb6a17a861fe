package dev.foldstream.eventstore.quarantine;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches a command record by its pointer. A client for each call: it is a person who asks. */
public final class StoredCommands {

  static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;

  public StoredCommands(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * The record, or empty when it is gone: older than the topic's retention, or the topic was made
   * anew.
   *
   * @throws KafkaUnreachableException when Kafka does not answer in time
   */
  public Optional<ConsumerRecord<byte[], byte[]>> fetch(QuarantinedCommand command) {
    var place = new TopicPartition(command.topic(), command.partition());
    try (var consumer = consumer()) {
      consumer.assign(List.of(place));
      long begin = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
      long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
      if (command.offset() < begin || command.offset() >= end) {
        return Optional.empty();
      }
      consumer.seek(place, command.offset());
      long until = System.nanoTime() + WITHIN.toNanos();
      while (consumer.position(place) <= command.offset() && System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          boolean same =
              record.offset() == command.offset()
                  && record.timestamp() == command.storedAt().toEpochMilli();
          return same ? Optional.of(record) : Optional.empty();
        }
      }
      if (consumer.position(place) > command.offset()) {
        return Optional.empty();
      }
    } catch (KafkaException unreachable) {
      throw new KafkaUnreachableException("read " + place, WITHIN, unreachable);
    }
    throw new KafkaUnreachableException(
        "read " + place, WITHIN, new IllegalStateException("no record came"));
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) WITHIN.toMillis());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
