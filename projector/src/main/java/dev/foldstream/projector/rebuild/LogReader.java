package dev.foldstream.projector.rebuild;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the events between two vectors of positions, both exactly: none before the first, none
 * behind the second. Sequences are dense, so one that is missing is noticed. Used by one thread.
 */
final class LogReader implements AutoCloseable {

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(250);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final EventDecoder decoder;
  private final Class<?> followed;
  private final Map<TopicPartitionName, Position> positions = new TreeMap<>();
  private Map<TopicPartitionName, Position> target = Map.of();

  LogReader(Consumer<byte[], byte[]> consumer, EventDecoder decoder, Class<?> followed) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.followed = followed;
  }

  void begin(Map<TopicPartitionName, Position> from) {
    positions.clear();
    positions.putAll(from);
    consumer.assign(from.keySet().stream().map(LogReader::kafka).toList());
    from.forEach((name, position) -> consumer.seek(kafka(name), position.nextOffset()));
  }

  private static TopicPartition kafka(TopicPartitionName name) {
    return new TopicPartition(name.topic(), name.partition());
  }

  /** Partitions that are there, or further, are not read. */
  void until(Map<TopicPartitionName, Position> vector) {
    target = vector;
    for (TopicPartitionName name : positions.keySet()) {
      if (reached(name)) {
        consumer.pause(List.of(kafka(name)));
      } else {
        consumer.resume(List.of(kafka(name)));
        consumer.seek(kafka(name), at(name).nextOffset());
      }
    }
  }

  boolean done() {
    return positions.keySet().stream().allMatch(this::reached);
  }

  private boolean reached(TopicPartitionName name) {
    return at(name).sequence() >= target.getOrDefault(name, Position.START).sequence();
  }

  private Position at(TopicPartitionName name) {
    return positions.getOrDefault(name, Position.START);
  }

  /** Where it is. */
  Map<TopicPartitionName, Position> positions() {
    return Map.copyOf(positions);
  }

  /** Events of any partitions, each in its order; none when none came in time. */
  List<RecordedEvent<Object>> poll() {
    ConsumerRecords<byte[], byte[]> records = records();
    var events = new ArrayList<RecordedEvent<Object>>(records.count());
    for (TopicPartition partition : records.partitions()) {
      var name = new TopicPartitionName(partition.topic(), partition.partition());
      Position reached = at(name);
      long end = target.getOrDefault(name, Position.START).sequence();
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (reached.sequence() < end) {
          reached = take(name, reached, record, events);
        }
      }
      positions.put(name, reached);
      if (reached(name)) {
        consumer.pause(List.of(partition));
      }
    }
    return events;
  }

  private ConsumerRecords<byte[], byte[]> records() {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (InvalidOffsetException gone) {
      throw new CannotRebuildException(
          "the log no longer holds what has to be read: " + gone.getMessage());
    }
  }

  /** Where the partition is behind the record. */
  private Position take(
      TopicPartitionName name,
      Position before,
      ConsumerRecord<byte[], byte[]> record,
      List<RecordedEvent<Object>> into) {
    long expected = before.sequence() + 1;
    try {
      long found = EventDecoder.sequence(record.headers());
      if (found > expected) {
        throw new CannotRebuildException(
            "sequence %d was expected at offset %d of %s; found %d, so events are missing from the log"
                .formatted(expected, record.offset(), name, found));
      }
      if (found < expected) {
        return before;
      }
      RecordedEvent<Object> event = decoder.decode(record);
      if (followed.isInstance(event.event())) {
        into.add(event);
      }
      return new Position(found, record.offset() + 1);
    } catch (InvalidHeaderException | UnreadableEventException fault) {
      throw new CannotRebuildException(
          "the event at offset %d of %s with sequence %d expected cannot be read: %s"
              .formatted(record.offset(), name, expected, fault.getMessage()));
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
