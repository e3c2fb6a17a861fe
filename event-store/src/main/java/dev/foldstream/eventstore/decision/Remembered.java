package dev.foldstream.eventstore.decision;

import java.nio.charset.StandardCharsets;

/**
 * The outcome of a command that may come again. Its bytes are read only when it does.
 *
 * @param id of the command, in UTF-8
 * @param atMillis when the command was stored, by the broker's clock
 * @param outcome as {@link OutcomeBytes} writes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Remembered(byte[] id, long atMillis, byte[] outcome) {

  static byte[] id(String commandId) {
    return commandId.getBytes(StandardCharsets.UTF_8);
  }
}
