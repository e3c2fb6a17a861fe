package dev.foldstream.eventstore.wire;

import static dev.foldstream.eventstore.wire.HeaderNames.AVRO;
import static dev.foldstream.eventstore.wire.HeaderNames.CAUSATION_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.COMMAND_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.CONTENT_TYPE;
import static dev.foldstream.eventstore.wire.HeaderNames.CORRELATION_ID;
import static dev.foldstream.eventstore.wire.HeaderNames.EXPECTED_VERSION;
import static dev.foldstream.eventstore.wire.HeaderNames.ID;
import static dev.foldstream.eventstore.wire.HeaderNames.PRINCIPAL;
import static dev.foldstream.eventstore.wire.HeaderNames.SOURCE;
import static dev.foldstream.eventstore.wire.HeaderNames.SPEC_VERSION;
import static dev.foldstream.eventstore.wire.HeaderNames.SPEC_VERSION_1;
import static dev.foldstream.eventstore.wire.HeaderNames.TIME;
import static dev.foldstream.eventstore.wire.HeaderNames.TRACE_PARENT;
import static dev.foldstream.eventstore.wire.HeaderNames.TYPE;

import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Metadata;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What comes with a command in its headers. None of them is required: a record that has only key
 * and value is a command of {@link Metadata#ANONYMOUS}, at the time it was stored, with an id made
 * of its place.
 *
 * @param type the Avro full name of the command; absent, the value's schema says it
 * @param expectedVersion decide only when the aggregate has exactly this version
 */
public record CommandHeaders(
    String commandId,
    @Nullable String type,
    Instant occurredAt,
    String correlationId,
    @Nullable String causationId,
    String principal,
    @Nullable Long expectedVersion,
    @Nullable String traceParent) {

  /** A record of this type carries no command: it asks for the outcome of {@code ce_commandid}. */
  public static final String LOOK_UP = "foldstream.LookUp";

  public static CommandHeaders of(String commandId, @Nullable String type, Instant occurredAt) {
    return new CommandHeaders(
        commandId, type, occurredAt, commandId, null, Metadata.ANONYMOUS, null, null);
  }

  public CommandHeaders expecting(@Nullable Long version) {
    return new CommandHeaders(
        commandId, type, occurredAt, correlationId, causationId, principal, version, traceParent);
  }

  public CommandHeaders belongingTo(
      String correlation, @Nullable String causation, @Nullable String trace) {
    return new CommandHeaders(
        commandId, type, occurredAt, correlation, causation, principal, expectedVersion, trace);
  }

  public boolean looksUp() {
    return LOOK_UP.equals(type);
  }

  public Metadata metadata() {
    return new Metadata(commandId, correlationId, causationId, principal);
  }

  /**
   * The id of the command in this record: {@code ce_commandid}, else {@code ce_id}, else its place.
   * What is not an id counts as absent here; {@link #read} refuses it.
   */
  public static String commandId(Headers headers, RecordPlace place) {
    for (String name : new String[] {COMMAND_ID, ID}) {
      String id = idOrNull(headers, name);
      if (id != null) {
        return id;
      }
    }
    return derivedId(place);
  }

  public static CommandHeaders read(Headers headers, RecordPlace place)
      throws InvalidHeaderException {
    checkCommandId(headers);
    String commandId = commandId(headers, place);
    String time = HeaderText.read(headers, TIME);
    String correlation = HeaderText.read(headers, CORRELATION_ID);
    String principal = HeaderText.read(headers, PRINCIPAL);
    String expected = HeaderText.read(headers, EXPECTED_VERSION);
    return new CommandHeaders(
        commandId,
        HeaderText.read(headers, TYPE),
        time == null ? Instant.ofEpochMilli(place.timestampMillis()) : HeaderText.time(TIME, time),
        correlation == null ? commandId : correlation,
        HeaderText.read(headers, CAUSATION_ID),
        principal == null ? Metadata.ANONYMOUS : principal,
        expected == null ? null : HeaderText.number(EXPECTED_VERSION, expected),
        HeaderText.read(headers, TRACE_PARENT));
  }

  /** Adds all headers of a command record. */
  public void write(Headers headers, String source) {
    HeaderText.write(headers, SPEC_VERSION, SPEC_VERSION_1);
    HeaderText.write(headers, ID, commandId);
    HeaderText.write(headers, SOURCE, source);
    HeaderText.write(headers, TYPE, type);
    HeaderText.write(headers, TIME, occurredAt.toString());
    HeaderText.write(headers, COMMAND_ID, commandId);
    HeaderText.write(headers, CORRELATION_ID, correlationId);
    HeaderText.write(headers, CAUSATION_ID, causationId);
    HeaderText.write(headers, PRINCIPAL, principal);
    HeaderText.write(
        headers, EXPECTED_VERSION, expectedVersion == null ? null : expectedVersion.toString());
    HeaderText.write(headers, TRACE_PARENT, traceParent);
    HeaderText.write(headers, CONTENT_TYPE, AVRO);
  }

  /** Adds the headers of a look-up; its answer carries the look-up's own id. */
  public static void writeLookUp(
      Headers headers, String lookUpId, String commandId, String source) {
    HeaderText.write(headers, SPEC_VERSION, SPEC_VERSION_1);
    HeaderText.write(headers, ID, lookUpId);
    HeaderText.write(headers, SOURCE, source);
    HeaderText.write(headers, TYPE, LOOK_UP);
    HeaderText.write(headers, COMMAND_ID, commandId);
  }

  /** What the outcome record is to carry as its id, so that who asked finds it. */
  public static String answerId(Headers headers, RecordPlace place) {
    String type;
    try {
      type = HeaderText.read(headers, TYPE);
    } catch (InvalidHeaderException unreadable) {
      type = null;
    }
    String id = LOOK_UP.equals(type) ? idOrNull(headers, ID) : null;
    return id == null ? commandId(headers, place) : id;
  }

  /** The type that a record claims, if it can be read. */
  public static @Nullable String type(Headers headers) {
    return textOrNull(headers, TYPE);
  }

  /** The quarantine id that a record tries again, if it does. */
  public static @Nullable String retryOf(Headers headers) {
    return textOrNull(headers, HeaderNames.RETRY_OF);
  }

  /**
   * Makes the headers of a record those of a retry: the same command under the same id.
   *
   * @param quarantineId of the entry that is tried again
   */
  public static void writeRetry(Headers headers, String commandId, String quarantineId) {
    headers.remove(COMMAND_ID);
    headers.remove(HeaderNames.RETRY_OF);
    HeaderText.write(headers, COMMAND_ID, commandId);
    HeaderText.write(headers, HeaderNames.RETRY_OF, quarantineId);
  }

  /** {@code <topic>:<partition>:<offset>}. */
  public static String derivedId(RecordPlace place) {
    return place.topic() + ":" + place.partition() + ":" + place.offset();
  }

  private static void checkCommandId(Headers headers) throws InvalidHeaderException {
    String id = HeaderText.read(headers, COMMAND_ID);
    if (id != null && AggregateId.fault(id).isPresent()) {
      throw new InvalidHeaderException(
          COMMAND_ID,
          "1 to " + AggregateId.MAX_LENGTH + " letters, digits or -_.:~",
          HeaderText.quoted(id));
    }
  }

  private static @Nullable String idOrNull(Headers headers, String name) {
    String id = textOrNull(headers, name);
    return id == null || AggregateId.fault(id).isPresent() ? null : id;
  }

  private static @Nullable String textOrNull(Headers headers, String name) {
    try {
      return HeaderText.read(headers, name);
    } catch (InvalidHeaderException unreadable) {
      return null;
    }
  }
}
