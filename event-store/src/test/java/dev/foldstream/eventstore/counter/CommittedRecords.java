package dev.foldstream.eventstore.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, to its end. */
public final class CommittedRecords {

  private CommittedRecords() {}

  public static List<ConsumerRecord<byte[], byte[]>> of(String topic) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            CounterSystem.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  public static List<RecordedEvent<Object>> events(CounterSystem system) {
    var decoder = new EventDecoder(List.of(system.domain()), system.wire().codec());
    var events = new ArrayList<RecordedEvent<Object>>();
    for (var record : of(system.eventsTopic())) {
      try {
        events.add(decoder.decode(record));
      } catch (UnreadableEventException failed) {
        throw new IllegalStateException(failed);
      }
    }
    return events;
  }

  /** Sequences and versions are dense, no command was applied twice, totals follow each other. */
  public static void checkLog(CounterSystem system) {
    var sequences = new HashMap<Integer, Long>();
    var versions = new HashMap<String, Long>();
    var commands = new HashMap<String, Long>();
    var ids = new HashSet<String>();
    for (var record : of(system.eventsTopic())) {
      try {
        EventHeaders headers = EventHeaders.read(record.headers());
        String id = new String(record.key(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(headers.sequence())
            .isEqualTo(sequences.merge(record.partition(), 1L, Long::sum));
        assertThat(headers.version()).isEqualTo(versions.merge(id, 1L, Long::sum));
        assertThat(ids.add(headers.id())).as("event id %s is new", headers.id()).isTrue();
        commands.merge(id + "/" + headers.metadata().commandId(), 1L, Long::sum);
      } catch (InvalidHeaderException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
