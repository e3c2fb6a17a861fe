package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Everything that was committed to the topics of one aggregate type, read once, and the promises
 * that must hold of it. Looks at headers and keys only, so that it shares no decoding with the
 * product.
 */
record Log(
    List<ConsumerRecord<byte[], byte[]>> commands,
    List<ConsumerRecord<byte[], byte[]>> events,
    List<ConsumerRecord<byte[], byte[]>> outcomes) {

  private static final Duration POLL = Duration.ofMillis(200);

  static Log read(String bootstrapServers, String domain, String aggregate) {
    return new Log(
        records(bootstrapServers, TopicNames.commands(domain, aggregate)),
        records(bootstrapServers, TopicNames.events(domain, aggregate)),
        records(bootstrapServers, TopicNames.outcomes(domain, aggregate)));
  }

  /** Promises 1 to 4, as far as the log alone can tell. */
  void keepsItsPromises() {
    sequencesAreDense();
    versionsAreDense();
    everyCommandHasOneOutcome();
    everyEventHasItsCommandAndExistsOnce();
  }

  void sequencesAreDense() {
    var last = new TreeMap<Integer, Long>();
    for (var event : events) {
      long expected = last.getOrDefault(event.partition(), 0L) + 1;
      assertThat(number(event, "ce_sequence"))
          .as("sequence at %s-%d offset %d", event.topic(), event.partition(), event.offset())
          .isEqualTo(expected);
      last.put(event.partition(), expected);
    }
  }

  void versionsAreDense() {
    var last = new HashMap<String, Long>();
    for (var event : events) {
      long expected = last.getOrDefault(key(event), 0L) + 1;
      assertThat(number(event, "ce_version"))
          .as("version of %s at %s-%d", key(event), event.topic(), event.partition())
          .isEqualTo(expected);
      last.put(key(event), expected);
    }
  }

  void everyCommandHasOneOutcome() {
    Map<String, Integer> asked = new HashMap<>();
    commands.forEach(command -> asked.merge(text(command, "ce_commandid"), 1, Integer::sum));
    Map<String, Integer> answered = new HashMap<>();
    outcomes.forEach(outcome -> answered.merge(text(outcome, "ce_commandid"), 1, Integer::sum));
    assertThat(answered).isEqualTo(asked);
  }

  void everyEventHasItsCommandAndExistsOnce() {
    Set<String> known = new HashSet<>();
    commands.forEach(command -> known.add(text(command, "ce_commandid")));
    Set<String> ids = new HashSet<>();
    for (var event : events) {
      assertThat(known).contains(text(event, "ce_commandid"));
      assertThat(ids.add(text(event, "ce_id"))).as("event id %s", text(event, "ce_id")).isTrue();
    }
  }

  static List<ConsumerRecord<byte[], byte[]>> records(String bootstrap, String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end(ends, p))) {
        consumer.poll(POLL).forEach(read::add);
      }
    }
    return read;
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return Objects.requireNonNull(ends.get(partition));
  }

  static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    var found = record.headers().lastHeader(header);
    if (found == null && header.equals("ce_commandid")) {
      return record.topic() + ":" + record.partition() + ":" + record.offset();
    }
    assertThat(found).as("%s of a record in %s", header, record.topic()).isNotNull();
    return new String(found.value(), StandardCharsets.UTF_8);
  }

  static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    return Long.parseLong(text(record, header));
  }
}
