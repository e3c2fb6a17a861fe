package dev.foldstream.eventstore.wire;

import static dev.foldstream.eventstore.wire.HeaderNames.COMMAND_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.CORRELATION_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.ID;
import static dev.foldstream.eventstore.wire.HeaderNames.SOURCE;
import static dev.foldstream.eventstore.wire.HeaderNames.SPEC_VERSION;
import static dev.foldstream.eventstore.wire.HeaderNames.SPEC_VERSION_1;
import static dev.foldstream.eventstore.wire.HeaderNames.TRACE_PARENT;
import static dev.foldstream.eventstore.wire.HeaderNames.TYPE;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the headers of an outcome record.
 *
 * @param answerId what the asker waits for: the command's id, or the id of a look-up
 */
public record OutcomeHeaders(
    String answerId,
    String commandId,
    @Nullable String correlationId,
    @Nullable String traceParent) {

  /** The type of every outcome record. */
  public static final String OUTCOME = "foldstream.Outcome";

  /** The answer id alone; null when there is none to be read. */
  public static @Nullable String answerId(Headers headers) {
    try {
      return HeaderText.read(headers, ID);
    } catch (InvalidHeaderException unreadable) {
      return null;
    }
  }

  public void write(Headers headers, String source) {
    HeaderText.write(headers, SPEC_VERSION, SPEC_VERSION_1);
    HeaderText.write(headers, ID, answerId);
    HeaderText.write(headers, SOURCE, source);
    HeaderText.write(headers, TYPE, OUTCOME);
    HeaderText.write(headers, COMMAND_ID, commandId);
    HeaderText.write(headers, CORRELATION_ID, correlationId);
    HeaderText.write(headers, TRACE_PARENT, traceParent);
  }
}
