package dev.foldstream.projector.projection;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes steps of records. An event whose sequence was seen is passed over. Where sequences are
 * dense, one that comes too early proves that events are missing, and is a fault like one without a
 * sequence.
 */
final class StepReader {

  private final RecordDecoder decoder;
  private final Class<?> followed;

  StepReader(RecordDecoder decoder, Class<?> followed) {
    this.decoder = decoder;
    this.followed = followed;
  }

  ReadBatch read(
      ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, OwnedPartition> owned) {
    var steps = new ArrayList<Step>();
    var faults = new HashMap<OwnedPartition, String>();
    for (TopicPartition partition : records.partitions()) {
      OwnedPartition own = owned.get(partition);
      if (own != null && own.reads()) {
        var ofPartition = new ArrayList<Step>();
        String fault = read(records.records(partition), own, ofPartition);
        var next = records.nextOffsets().get(partition);
        if (fault != null) {
          faults.put(own, fault);
        } else if (!ofPartition.isEmpty() && next != null) {
          ofPartition.addLast(ofPartition.removeLast().goingOnAt(next.offset()));
        }
        steps.addAll(ofPartition);
      }
    }
    return new ReadBatch(steps, faults);
  }

  /** Adds what can be read, and says what is wrong with the first that cannot. */
  private @Nullable String read(
      List<ConsumerRecord<byte[], byte[]>> records, OwnedPartition own, List<Step> into) {
    long expected = own.readTo() + 1;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        long found = decoder.sequence(record);
        if (found > expected && decoder.dense()) {
          return hole(record, expected, found);
        }
        if (found >= expected) {
          into.add(step(record, own, found));
          own.readTo(found);
          expected = found + 1;
        }
      } catch (InvalidHeaderException fault) {
        return "the event at offset %d with sequence %d expected cannot be read: %s"
            .formatted(record.offset(), expected, fault.getMessage());
      }
    }
    return null;
  }

  private static String hole(ConsumerRecord<byte[], byte[]> record, long expected, long found) {
    return "sequence %d was expected at offset %d of %s-%d; found %d, so %d events are missing from the log"
        .formatted(
            expected, record.offset(), record.topic(), record.partition(), found, found - expected);
  }

  private Step step(ConsumerRecord<byte[], byte[]> record, OwnedPartition own, long sequence) {
    var next = new Position(sequence, record.offset() + 1);
    try {
      RecordedEvent<Object> event = decoder.decode(record);
      return new Step(own, next, followed.isInstance(event.event()) ? event : null);
    } catch (UnreadableEventException fault) {
      return new Step(own, next, null, unreadable(record, fault));
    }
  }

  static Unreadable unreadable(
      ConsumerRecord<byte[], byte[]> record, UnreadableEventException fault) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return new Unreadable(record.offset(), key, String.valueOf(fault.getMessage()));
  }
}
