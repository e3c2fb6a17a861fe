package dev.foldstream.eventstore.log;

import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.RecordedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes an event of a record of a topic. Safe for many threads. */
@FunctionalInterface
public interface RecordDecoder {

  /**
   * The event in this record.
   *
   * @throws UnreadableEventException when it is not one
   * @throws dev.foldstream.schemas.registry.SchemaRegistryUnavailableException when its schema
   *     could not be asked for; the record may be good
   */
  RecordedEvent<Object> decode(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableEventException;

  /**
   * The place of a record in its partition, without decoding the value.
   *
   * @throws InvalidHeaderException when the record has none
   */
  default long sequence(ConsumerRecord<byte[], byte[]> record) throws InvalidHeaderException {
    return EventDecoder.sequence(record.headers());
  }

  /**
   * Whether sequences have no holes, so that a hole proves a loss. In a compacted topic they have.
   */
  default boolean dense() {
    return true;
  }
}
