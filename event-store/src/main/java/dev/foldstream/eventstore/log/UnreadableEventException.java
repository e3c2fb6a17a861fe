package dev.foldstream.eventstore.log;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of an events topic that is not an event, and never will be by trying again. */
public final class UnreadableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableEventException(ConsumerRecord<?, ?> record, String reason, Throwable cause) {
    super(message(record, reason), cause);
  }

  public UnreadableEventException(ConsumerRecord<?, ?> record, String reason) {
    super(message(record, reason));
  }

  private static String message(ConsumerRecord<?, ?> record, String reason) {
    return "%s-%d@%d is not an event: %s"
        .formatted(record.topic(), record.partition(), record.offset(), reason);
  }
}
