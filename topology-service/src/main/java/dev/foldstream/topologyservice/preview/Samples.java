package dev.foldstream.topologyservice.preview;

import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.preview.PreviewRecord;
import dev.foldstream.topologyservice.positions.Positions;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads records of source topics, in the order of their times, within bounds. */
@Singleton
final class Samples {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final Positions positions;

  Samples(KafkaSettings kafka, Positions positions) {
    this.bootstrapServers = kafka.servers();
    this.positions = positions;
  }

  /**
   * What is to be read.
   *
   * @param last records of all topics together; the newest when there are more
   * @param from null for any time
   * @param to null for any time
   */
  record Range(int last, @Nullable Instant from, @Nullable Instant to) {}

  List<PreviewRecord> read(Collection<String> topics, Range range, Duration within) {
    List<TopicPartition> partitions = positions.partitions(topics);
    Map<TopicPartition, Long> begins = begins(partitions, range);
    Map<TopicPartition, Long> ends = ends(partitions, range);
    if (range.from() == null && !partitions.isEmpty()) {
      ends.forEach(
          (partition, end) -> begins.merge(partition, Math.max(0, end - range.last()), Math::max));
    }
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    long until = System.nanoTime() + within.toNanos();
    try (var consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      begins.forEach(consumer::seek);
      // What was read of one partition must not push out what is newer in another.
      int most = range.last() * Math.max(1, partitions.size());
      while (left(consumer, ends) && System.nanoTime() < until && records.size() < most) {
        consumer.poll(POLL).forEach(record -> take(record, ends, records));
      }
    }
    records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    int first = Math.max(0, records.size() - range.last());
    return records.subList(first, records.size()).stream().map(Samples::record).toList();
  }

  private Map<TopicPartition, Long> begins(List<TopicPartition> partitions, Range range) {
    return new HashMap<>(
        range.from() == null
            ? positions.begins(partitions)
            : positions.at(partitions, range.from()));
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, Range range) {
    return range.to() == null ? positions.ends(partitions) : positions.at(partitions, range.to());
  }

  private static boolean left(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record,
      Map<TopicPartition, Long> ends,
      List<ConsumerRecord<byte[], byte[]>> records) {
    var partition = new TopicPartition(record.topic(), record.partition());
    if (record.offset() < ends.getOrDefault(partition, 0L)) {
      records.add(record);
    }
  }

  static PreviewRecord record(ConsumerRecord<byte[], byte[]> record) {
    List<Map.Entry<String, String>> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> Map.entry(header.key(), text(header.value())))
            .toList();
    return new PreviewRecord(
        new RecordPointer(record.topic(), record.partition(), record.offset()),
        record.timestamp(),
        record.key() == null ? null : text(record.key()),
        record.value(),
        headers);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-topology-preview");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return settings;
  }
}
