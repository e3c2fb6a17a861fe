package dev.foldstream.eventstore.shadow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition between two offsets, a poll at a time. Ends early when it is stopped.
 * The consumer is its own until it has ended.
 */
final class LogCursor implements Iterator<ConsumerRecord<byte[], byte[]>> {

  private static final Duration POLL = Duration.ofMillis(250);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final long end;
  private final Predicate<ConsumerRecord<byte[], byte[]>> wanted;
  private final BooleanSupplier stopped;
  private final Queue<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();

  LogCursor(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long start,
      long end,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted,
      BooleanSupplier stopped) {
    this.consumer = consumer;
    this.partition = partition;
    this.end = end;
    this.wanted = wanted;
    this.stopped = stopped;
    consumer.assign(List.of(partition));
    consumer.seek(partition, start);
  }

  @Override
  public boolean hasNext() {
    while (polled.isEmpty() && !stopped.getAsBoolean() && consumer.position(partition) < end) {
      consumer.poll(POLL).records(partition).stream()
          .filter(record -> record.offset() < end)
          .filter(wanted)
          .forEach(polled::add);
    }
    return !polled.isEmpty();
  }

  @Override
  public ConsumerRecord<byte[], byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException(partition + " has no more records before " + end);
    }
    return polled.remove();
  }
}
