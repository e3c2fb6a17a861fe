package dev.foldstream.eventstore.log;

import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Finds the last committed event of each partition of an events topic. */
public final class LogReader {

  static final Duration POLL = Duration.ofMillis(200);

  /** Polls without a record before that partition's answer counts as missing. */
  static final int MAX_EMPTY_POLLS = 100;

  /**
   * The last committed event of a partition.
   *
   * @param sequence 0 when there is none
   * @param offset -1 when there is none
   */
  public record LastEvent(long sequence, long offset) {
    public static final LastEvent NONE = new LastEvent(0, -1);
  }

  private static final long FIRST_STEP_BACK = 16;
  private static final long STEP_FACTOR = 16;

  private final Consumer<byte[], byte[]> consumer;

  /**
   * Uses this consumer and does not close it.
   *
   * @param consumer reads committed records only, in no group
   */
  public LogReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** The last event of every partition, {@link LastEvent#NONE} where there is none. */
  public Map<Integer, LastEvent> lastEvents(String eventsTopic) {
    var partitions =
        consumer.partitionsFor(eventsTopic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    var found = new TreeMap<Integer, LastEvent>();
    partitions.forEach(partition -> found.put(partition.partition(), LastEvent.NONE));
    var open = new HashMap<TopicPartition, Long>();
    ends.forEach(
        (partition, end) -> {
          if (end > begins.getOrDefault(partition, 0L)) {
            open.put(partition, end);
          }
        });
    // Further back each time: transactions leave holes, and an aborted one can be long.
    for (long step = FIRST_STEP_BACK; !open.isEmpty(); step *= STEP_FACTOR) {
      readBack(open, begins, step, found);
      long reached = step;
      open.entrySet()
          .removeIf(
              entry ->
                  !LastEvent.NONE.equals(found.get(entry.getKey().partition()))
                      || entry.getValue() - reached <= begins.getOrDefault(entry.getKey(), 0L));
    }
    return found;
  }

  /** Reads the last offsets of all these partitions, and keeps the last event of each. */
  private void readBack(
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> begins,
      long step,
      Map<Integer, LastEvent> found) {
    consumer.assign(ends.keySet());
    ends.forEach(
        (partition, end) ->
            consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - step)));
    int empty = 0;
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      empty = records.isEmpty() ? empty + 1 : 0;
      if (empty > MAX_EMPTY_POLLS) {
        throw new IllegalStateException(
            "wanted to read up to the offsets %s; nothing came for %s"
                .formatted(ends, POLL.multipliedBy(MAX_EMPTY_POLLS)));
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        found.put(record.partition(), new LastEvent(sequence(record), record.offset()));
      }
    }
  }

  private static long sequence(ConsumerRecord<byte[], byte[]> record) {
    try {
      return EventHeaders.sequence(record.headers());
    } catch (InvalidHeaderException foreign) {
      throw new IllegalStateException(
          "%s-%d@%d is not an event of Foldstream: %s. Mend: nothing else may write to an events topic"
              .formatted(record.topic(), record.partition(), record.offset(), foreign.getMessage()),
          foreign);
    }
  }
}
