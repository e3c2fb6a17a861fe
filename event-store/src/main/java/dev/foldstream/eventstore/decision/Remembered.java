package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.OutcomeCodec;
import java.nio.ByteBuffer;

/**
 * The outcome of a command that may come again. Its bytes are read only when it does.
 *
 * @param atMillis when the command was stored, by the broker's clock
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Remembered(String commandId, long atMillis, byte[] bytes) {

  static Remembered of(Outcome outcome, long atMillis) {
    return new Remembered(outcome.commandId(), atMillis, OutcomeCodec.encodePlain(outcome));
  }

  Outcome outcome() {
    return OutcomeCodec.decodePlain(bytes);
  }

  /** For an outcome that stands alone: its time, then its bytes. */
  byte[] encode() {
    return ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(atMillis).put(bytes).array();
  }

  static Remembered decode(String commandId, byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    long atMillis = in.getLong();
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new Remembered(commandId, atMillis, bytes);
  }

  static long timeOf(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }
}
