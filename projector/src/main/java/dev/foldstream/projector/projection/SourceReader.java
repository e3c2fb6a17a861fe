package dev.foldstream.projector.projection;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.viewstore.QuarantineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads single events of the log again, by their offsets. Used by the worker's thread alone. */
final class SourceReader implements AutoCloseable {

  /** How long all events of one retry may take to read. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

  /** Records between two wanted ones that are read rather than jumped over. */
  private static final long WORTH_READING = 1000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordDecoder decoder;
  private @Nullable Consumer<byte[], byte[]> opened;

  /** Opens a consumer when the first event is wanted. */
  SourceReader(Supplier<Consumer<byte[], byte[]>> consumers, RecordDecoder decoder) {
    this.consumers = consumers;
    this.decoder = decoder;
  }

  private Consumer<byte[], byte[]> consumer() {
    Consumer<byte[], byte[]> consumer = opened;
    if (consumer == null) {
      consumer = consumers.get();
      opened = consumer;
    }
    return consumer;
  }

  /** An event, or why there is none. */
  record Source(
      QuarantineEntry entry, @Nullable RecordedEvent<Object> event, @Nullable String fault) {}

  /** The events of these entries of one partition, in their order, decoded with today's code. */
  List<Source> read(TopicPartition partition, List<QuarantineEntry> entries) {
    Map<Long, ConsumerRecord<byte[], byte[]>> records = records(partition, entries);
    return entries.stream().map(entry -> source(entry, records.get(entry.offset()))).toList();
  }

  private Source source(QuarantineEntry entry, @Nullable ConsumerRecord<byte[], byte[]> record) {
    if (record == null) {
      return new Source(
          entry,
          null,
          "%s does not give offset %d any more".formatted(entry.partition(), entry.offset()));
    }
    try {
      return new Source(entry, decoder.decode(record), null);
    } catch (UnreadableEventException fault) {
      return new Source(entry, null, fault.getMessage());
    }
  }

  private Map<Long, ConsumerRecord<byte[], byte[]>> records(
      TopicPartition partition, List<QuarantineEntry> entries) {
    Consumer<byte[], byte[]> consumer = consumer();
    consumer.assign(List.of(partition));
    var found = new HashMap<Long, ConsumerRecord<byte[], byte[]>>();
    long until = System.nanoTime() + PATIENCE.toNanos();
    long reached = -1;
    for (QuarantineEntry entry : entries) {
      if (reached < 0 || entry.offset() > reached + WORTH_READING) {
        consumer.seek(partition, entry.offset());
        reached = entry.offset();
      }
      while (reached <= entry.offset() && System.nanoTime() < until) {
        reached = poll(consumer, partition, found, reached);
      }
    }
    var wanted = new ArrayList<Long>();
    entries.forEach(entry -> wanted.add(entry.offset()));
    found.keySet().retainAll(wanted);
    return found;
  }

  /** Where the next record is read. */
  private static long poll(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      Map<Long, ConsumerRecord<byte[], byte[]>> found,
      long reached) {
    try {
      consumer
          .poll(POLL_TIMEOUT)
          .records(partition)
          .forEach(record -> found.put(record.offset(), record));
      return Math.max(reached, consumer.position(partition));
    } catch (InvalidOffsetException gone) {
      return Long.MAX_VALUE - WORTH_READING - 1;
    }
  }

  /** The time of the first record from this offset on, if there is one. */
  Optional<Instant> timeAt(TopicPartition partition, long offset) {
    Consumer<byte[], byte[]> consumer = consumer();
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    try {
      return consumer.poll(POLL_TIMEOUT).records(partition).stream()
          .findFirst()
          .map(record -> Instant.ofEpochMilli(record.timestamp()));
    } catch (InvalidOffsetException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close(CloseOptions.timeout(POLL_TIMEOUT));
    }
  }
}
