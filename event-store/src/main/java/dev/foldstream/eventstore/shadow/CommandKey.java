package dev.foldstream.eventstore.shadow;

import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What joins the records of one command. */
final class CommandKey {

  private CommandKey() {}

  static RecordPlace place(ConsumerRecord<?, ?> record) {
    return new RecordPlace(record.topic(), record.partition(), record.offset(), record.timestamp());
  }

  static String text(byte @Nullable [] key) {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  /** The same for all records of a command that was sent more than once. */
  static String id(String aggregateId, String commandId) {
    return aggregateId + "/" + commandId;
  }

  static String id(ConsumerRecord<byte[], byte[]> command) {
    return id(text(command.key()), CommandHeaders.commandId(command.headers(), place(command)));
  }

  /**
   * One record of a command, and its outcome, which has its time.
   *
   * @param answerId the command's id, or that of a look-up
   */
  static String record(String aggregateId, String answerId, long timestampMillis) {
    return aggregateId + "/" + answerId + "@" + timestampMillis;
  }

  static String record(ConsumerRecord<byte[], byte[]> command) {
    return record(
        text(command.key()),
        CommandHeaders.answerId(command.headers(), place(command)),
        command.timestamp());
  }
}
