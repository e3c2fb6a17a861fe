package dev.foldstream.eventstore.wire;

import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one event record, found in one pass. Who asks for them one by one has Kafka
 * compare names a hundred times for each record, which shows in the profile of every reader.
 */
final class EventFields {

  private @Nullable Header id;
  private @Nullable Header type;
  private @Nullable Header time;
  private @Nullable Header sequence;
  private @Nullable Header version;
  private @Nullable Header commandId;
  private @Nullable Header correlationId;
  private @Nullable Header causationId;
  private @Nullable Header principal;
  private @Nullable Header commandOffset;
  private @Nullable Header traceParent;

  /** The last of a name counts. */
  EventFields(Headers headers) {
    for (Header header : headers) {
      switch (header.key()) {
        case HeaderNames.ID -> id = header;
        case HeaderNames.TYPE -> type = header;
        case HeaderNames.TIME -> time = header;
        case HeaderNames.SEQUENCE -> sequence = header;
        case HeaderNames.VERSION -> version = header;
        case HeaderNames.COMMAND_ID -> commandId = header;
        case HeaderNames.CORRELATION_ID -> correlationId = header;
        case HeaderNames.CAUSATION_ID -> causationId = header;
        case HeaderNames.PRINCIPAL -> principal = header;
        case HeaderNames.COMMAND_OFFSET -> commandOffset = header;
        case HeaderNames.TRACE_PARENT -> traceParent = header;
        default -> {}
      }
    }
  }

  String id() throws InvalidHeaderException {
    return required(HeaderNames.ID, id);
  }

  String type() throws InvalidHeaderException {
    return required(HeaderNames.TYPE, type);
  }

  Instant time() throws InvalidHeaderException {
    return HeaderText.time(HeaderNames.TIME, required(HeaderNames.TIME, time));
  }

  long sequence() throws InvalidHeaderException {
    return HeaderText.number(HeaderNames.SEQUENCE, required(HeaderNames.SEQUENCE, sequence));
  }

  long version() throws InvalidHeaderException {
    return HeaderText.number(HeaderNames.VERSION, required(HeaderNames.VERSION, version));
  }

  String commandId() throws InvalidHeaderException {
    return required(HeaderNames.COMMAND_ID, commandId);
  }

  /**
   * @param commandId which it mostly is, so that its text is not made again
   */
  @Nullable String correlationId(String commandId) throws InvalidHeaderException {
    return likely(commandId, HeaderNames.CORRELATION_ID, correlationId);
  }

  /**
   * @param commandId which it mostly is
   */
  @Nullable String causationId(String commandId) throws InvalidHeaderException {
    return likely(commandId, HeaderNames.CAUSATION_ID, causationId);
  }

  private @Nullable String likely(String text, String name, @Nullable Header header)
      throws InvalidHeaderException {
    boolean same =
        header != null && commandId != null && Arrays.equals(header.value(), commandId.value());
    return same ? text : HeaderText.read(name, header);
  }

  @Nullable String principal() throws InvalidHeaderException {
    return HeaderText.read(HeaderNames.PRINCIPAL, principal);
  }

  /** -1 when there is none. */
  long commandOffset() throws InvalidHeaderException {
    String text = HeaderText.read(HeaderNames.COMMAND_OFFSET, commandOffset);
    return text == null ? -1 : HeaderText.number(HeaderNames.COMMAND_OFFSET, text);
  }

  @Nullable String traceParent() throws InvalidHeaderException {
    return HeaderText.read(HeaderNames.TRACE_PARENT, traceParent);
  }

  private static String required(String name, @Nullable Header header)
      throws InvalidHeaderException {
    String text = HeaderText.read(name, header);
    if (text == null) {
      throw new InvalidHeaderException(name, "present", "none");
    }
    return text;
  }
}
