package dev.foldstream.eventstore.log;

import dev.foldstream.kernel.RecordedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes an event of a record of an events topic. Safe for many threads. */
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
}
