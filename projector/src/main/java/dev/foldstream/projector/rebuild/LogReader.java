package dev.foldstream.projector.rebuild;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events between two vectors of positions, both exactly: none before the first, none
 * behind the second. Where sequences are dense, one that is missing is noticed. Used by one thread;
 * while it works on what one poll gave, the next is read and decoded in another.
 */
final class LogReader implements AutoCloseable {

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(250);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final RecordDecoder decoder;
  private final Class<?> followed;
  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("rebuild-reads").factory());

  /** How far was read. While {@link #next} is under way, its thread alone uses this. */
  private final Map<TopicPartitionName, Position> positions = new TreeMap<>();

  private Map<TopicPartitionName, Position> target = Map.of();

  /** How far the events were handed out. */
  private Map<TopicPartitionName, Position> given = Map.of();

  private @Nullable Instant upTo;

  /** The time of the last record of each partition, used like {@link #positions}. */
  private final Map<TopicPartitionName, Long> times = new HashMap<>();

  private @Nullable Future<Read> next;

  /** What one poll gave, how far it went, and up to when the partitions that go on were read. */
  private record Read(
      List<RecordedEvent<Object>> events,
      Map<TopicPartitionName, Position> positions,
      @Nullable Instant upTo) {}

  LogReader(Consumer<byte[], byte[]> consumer, RecordDecoder decoder, Class<?> followed) {
    this.consumer = consumer;
    this.decoder = decoder;
    this.followed = followed;
  }

  void begin(Map<TopicPartitionName, Position> from) {
    given = Map.copyOf(from);
    upTo = null;
    times.clear();
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
    if (next != null) {
      await(next);
    }
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
    return given.entrySet().stream().allMatch(entry -> reached(entry.getKey(), entry.getValue()));
  }

  private boolean reached(TopicPartitionName name) {
    return reached(name, at(name));
  }

  private boolean reached(TopicPartitionName name, Position position) {
    return position.sequence() >= target.getOrDefault(name, Position.START).sequence();
  }

  private Position at(TopicPartitionName name) {
    return positions.getOrDefault(name, Position.START);
  }

  /** Behind the events that were handed out. */
  Map<TopicPartitionName, Position> positions() {
    return given;
  }

  /**
   * The time of the last event that was handed out of the partition that is furthest behind; null
   * when there was none yet, or when all are done.
   */
  @Nullable Instant upTo() {
    return upTo;
  }

  /** Events of any partitions, each in its order; none when none came in time. */
  List<RecordedEvent<Object>> poll() {
    Read read = next == null ? read() : await(next);
    next = null;
    given = read.positions();
    upTo = read.upTo();
    if (!positions.keySet().stream().allMatch(this::reached)) {
      next = ahead.submit(this::read);
    }
    return read.events();
  }

  private static Read await(Future<Read> read) {
    try {
      return read.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new InterruptException(ended);
    }
  }

  private Read read() {
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
      times.put(name, records.records(partition).getLast().timestamp());
      if (reached(name)) {
        consumer.pause(List.of(partition));
      }
    }
    if (!decoder.dense()) {
      positions.replaceAll(this::passed);
    }
    return new Read(events, Map.copyOf(positions), oldestTime());
  }

  private @Nullable Instant oldestTime() {
    List<TopicPartitionName> goingOn =
        positions.keySet().stream().filter(name -> !reached(name)).toList();
    if (goingOn.isEmpty() || !times.keySet().containsAll(goingOn)) {
      return null;
    }
    return Instant.ofEpochMilli(
        goingOn.stream().mapToLong(name -> times.getOrDefault(name, 0L)).min().orElse(0));
  }

  /** The record that a position names may be compacted away: behind it, it was passed. */
  private Position passed(TopicPartitionName name, Position reached) {
    long end = target.getOrDefault(name, Position.START).sequence();
    if (reached.sequence() >= end) {
      return reached;
    }
    long next = consumer.position(kafka(name));
    return next < end ? reached : new Position(end, next);
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
      long found = decoder.sequence(record);
      if (found > expected && !decoder.dense()) {
        long end = target.getOrDefault(name, Position.START).sequence();
        if (found > end) {
          return new Position(end, record.offset());
        }
      } else if (found > expected) {
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
    ahead.close();
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }
}
