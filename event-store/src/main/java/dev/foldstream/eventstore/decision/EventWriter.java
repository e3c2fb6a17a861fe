package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.Outcome.AppendedEvent;
import dev.foldstream.eventstore.outcomes.QuarantineCause;
import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.codec.UnwritableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns events into records: first all values, which may be refused, then their headers. */
final class EventWriter {

  private final DecisionWire wire;
  private final String topic;

  EventWriter(DecisionWire wire, String topic) {
    this.wire = wire;
    this.topic = topic;
  }

  /**
   * @param type the Avro full name
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record EncodedEvent(String type, byte[] value) {}

  List<EncodedEvent> encode(List<?> events) throws PoisonCommandException {
    var encoded = new ArrayList<EncodedEvent>(events.size());
    long total = 0;
    for (Object event : events) {
      EncodedEvent one = encode(event);
      total += one.value().length;
      encoded.add(one);
    }
    if (total > RecordLimits.MAX_EVENT_BYTES_PER_COMMAND) {
      throw tooLarge("the events of a command", RecordLimits.MAX_EVENT_BYTES_PER_COMMAND, total);
    }
    return encoded;
  }

  private EncodedEvent encode(Object event) throws PoisonCommandException {
    byte[] value;
    String type;
    try {
      Record known = (Record) event;
      type = wire.files().typeName(known.getClass());
      value = wire.codec().encode(topic, known);
    } catch (UnwritableRecordException | IllegalArgumentException | ClassCastException thrown) {
      throw PoisonCommandException.thrown(
          QuarantineCause.DECIDER_FAILED, "wanted an event that fits its schema", thrown);
    }
    if (value.length > RecordLimits.MAX_VALUE_BYTES) {
      throw tooLarge("an event such as " + type, RecordLimits.MAX_VALUE_BYTES, value.length);
    }
    return new EncodedEvent(type, value);
  }

  static PoisonCommandException tooLarge(String what, long most, long found) {
    return new PoisonCommandException(
        QuarantineCause.ANSWER_TOO_LARGE,
        "%s may have at most %d bytes; found %d".formatted(what, most, found));
  }

  /** The events as the outcome lists them, from the version after this one. */
  static List<AppendedEvent> listed(List<EncodedEvent> events, long version) {
    var listed = new ArrayList<AppendedEvent>(events.size());
    for (int i = 0; i < events.size(); i++) {
      listed.add(new AppendedEvent(events.get(i).type(), version + i + 1));
    }
    return listed;
  }

  /**
   * Sends the events with the versions and sequences after those of the entry and the partition.
   */
  void send(
      Answers answers,
      StreamName stream,
      CommandRecord command,
      CommandHeaders asked,
      List<EncodedEvent> events,
      long versionBefore,
      long sequenceBefore) {
    var metadata =
        new Metadata(
            asked.commandId(), asked.correlationId(), asked.commandId(), asked.principal());
    RecordPlace place = command.place();
    for (int i = 1; i <= events.size(); i++) {
      EncodedEvent event = events.get(i - 1);
      var headers = new RecordHeaders();
      new EventHeaders(
              asked.commandId() + ":" + i,
              event.type(),
              asked.occurredAt(),
              sequenceBefore + i,
              versionBefore + i,
              metadata,
              place.offset(),
              asked.traceParent())
          .write(headers, Sources.of(stream));
      EventHeaders.writeCommandCause(headers, asked.causationId());
      answers.send(
          Answers.To.EVENTS, command.key(), event.value(), headers, place.timestampMillis());
    }
  }
}
