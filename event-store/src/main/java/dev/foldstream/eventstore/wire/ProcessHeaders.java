package dev.foldstream.eventstore.wire;

import dev.foldstream.eventstore.topics.RecordLimits;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers that lead an outcome back to the process that sent the command. */
public final class ProcessHeaders {

  private static final char SEPARATOR = '/';

  private ProcessHeaders() {}

  /** Says which process a command is sent by. */
  public static void writeProcess(Headers headers, String process, String processId) {
    HeaderText.write(headers, HeaderNames.PROCESS, process + SEPARATOR + processId);
  }

  /** The id of the process of this type that sent the command, or null when none did. */
  public static @Nullable String processId(Headers headers, String process) {
    try {
      String text = HeaderText.read(headers, HeaderNames.PROCESS);
      String prefix = process + SEPARATOR;
      return text == null || !text.startsWith(prefix) ? null : text.substring(prefix.length());
    } catch (InvalidHeaderException foreign) {
      return null;
    }
  }

  /** From a command to its outcome. */
  public static void copyProcess(Headers command, Headers outcome) {
    Header process = command.lastHeader(HeaderNames.PROCESS);
    if (process != null
        && process.value() != null
        && process.value().length <= RecordLimits.MAX_HEADER_BYTES) {
      outcome.add(process);
    }
  }

  /** A header's text, or null when there is none. */
  public static @Nullable String text(Headers headers, String name) throws InvalidHeaderException {
    return HeaderText.read(headers, name);
  }

  /** Adds a header, unless there is no text. */
  public static void write(Headers headers, String name, @Nullable String text) {
    HeaderText.write(headers, name, text);
  }
}
