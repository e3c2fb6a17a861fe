package dev.foldstream.eventstore.wire;

import static dev.foldstream.eventstore.wire.HeaderNames.AVRO;
import static dev.foldstream.eventstore.wire.HeaderNames.CAUSATION_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.COMMAND_CAUSE_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.COMMAND_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.COMMAND_OFFSET;
import static dev.foldstream.eventstore.wire.HeaderNames.CONTENT_TYPE;
import static dev.foldstream.eventstore.wire.HeaderNames.CORRELATION_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.ID;
import static dev.foldstream.eventstore.wire.HeaderNames.PRINCIPAL;
import static dev.foldstream.eventstore.wire.HeaderNames.SEQUENCE;
import static dev.foldstream.eventstore.wire.HeaderNames.SOURCE;
import static dev.foldstream.eventstore.wire.HeaderNames.SPEC_VERSION;
import static dev.foldstream.eventstore.wire.HeaderNames.SPEC_VERSION_1;
import static dev.foldstream.eventstore.wire.HeaderNames.TIME;
import static dev.foldstream.eventstore.wire.HeaderNames.TRACE_PARENT;
import static dev.foldstream.eventstore.wire.HeaderNames.TYPE;
import static dev.foldstream.eventstore.wire.HeaderNames.VERSION;

import dev.foldstream.kernel.Metadata;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the headers of an event record.
 *
 * @param id {@code <command id>:<n>}, n from 1 within the command
 * @param type the Avro full name
 * @param sequence its place in the partition, dense from 1
 * @param version its place in the aggregate, dense from 1
 * @param commandOffset where its command lies, in the commands partition of the same number
 */
public record EventHeaders(
    String id,
    String type,
    Instant occurredAt,
    long sequence,
    long version,
    Metadata metadata,
    long commandOffset,
    @Nullable String traceParent) {

  public static EventHeaders read(Headers headers) throws InvalidHeaderException {
    var fields = new EventFields(headers);
    String commandId = fields.commandId();
    String correlation = fields.correlationId(commandId);
    String principal = fields.principal();
    var metadata =
        new Metadata(
            commandId,
            correlation == null ? commandId : correlation,
            fields.causationId(commandId),
            principal == null ? Metadata.ANONYMOUS : principal);
    return new EventHeaders(
        fields.id(),
        fields.type(),
        fields.time(),
        fields.sequence(),
        fields.version(),
        metadata,
        fields.commandOffset(),
        fields.traceParent());
  }

  /** The sequence alone, without reading the rest. */
  public static long sequence(Headers headers) throws InvalidHeaderException {
    return HeaderText.number(headers, SEQUENCE);
  }

  /** What led to the event's command, as far as the log says. */
  public static @Nullable String commandCause(Headers headers) throws InvalidHeaderException {
    return HeaderText.read(headers, COMMAND_CAUSE_ID);
  }

  /** Adds what led to the event's command, unless it is null. */
  public static void writeCommandCause(Headers headers, @Nullable String causationId) {
    HeaderText.write(headers, COMMAND_CAUSE_ID, causationId);
  }

  /** Adds all headers of an event record. */
  public void write(Headers headers, String source) {
    HeaderText.write(headers, SPEC_VERSION, SPEC_VERSION_1);
    HeaderText.write(headers, ID, id);
    HeaderText.write(headers, SOURCE, source);
    HeaderText.write(headers, TYPE, type);
    HeaderText.write(headers, TIME, occurredAt.toString());
    HeaderText.write(headers, SEQUENCE, Long.toString(sequence));
    HeaderText.write(headers, VERSION, Long.toString(version));
    HeaderText.write(headers, COMMAND_ID, metadata.commandId());
    HeaderText.write(headers, CORRELATION_ID, metadata.correlationId());
    HeaderText.write(headers, CAUSATION_ID, metadata.causationId());
    HeaderText.write(headers, PRINCIPAL, metadata.principal());
    HeaderText.write(headers, COMMAND_OFFSET, Long.toString(commandOffset));
    HeaderText.write(headers, TRACE_PARENT, traceParent);
    HeaderText.write(headers, CONTENT_TYPE, AVRO);
  }
}
