package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Reads what an input says. */
final class InputReader<E> {

  private static final int ORIGIN_PARTS = 3;

  private final ProcessPlan<E, ?> plan;

  InputReader(ProcessPlan<E, ?> plan) {
    this.plan = plan;
  }

  /**
   * What follows from an input is traced by.
   *
   * @param identity the same for the same input, however often it is taken; no two have the same
   * @param causationId what the commands say that led to them
   */
  record Trace(
      String identity,
      String causationId,
      @Nullable String correlationId,
      @Nullable String traceParent) {}

  /** What an input says. */
  sealed interface Said<E> {
    Trace trace();

    /**
     * An event.
     *
     * @param late whether it may come behind later events of its aggregate
     */
    record Event<E>(Trace trace, RecordedEvent<? extends E> event, boolean late)
        implements Said<E> {}

    record Answer<E>(Trace trace, Outcome outcome) implements Said<E> {}

    record Timer<E>(Trace trace, String name, long number) implements Said<E> {}

    record Retry<E>(Trace trace, String principal) implements Said<E> {}
  }

  Said<E> read(InputRecord record) throws PoisonInputException {
    return switch (record.kind()) {
      case HAPPENED -> event(record);
      case ANSWERED -> answer(record);
      case TIMED_OUT -> timer(record);
      case RETRIED -> retry(record);
    };
  }

  private Said<E> event(InputRecord record) throws PoisonInputException {
    try {
      RecordedEvent<Object> event = plan.decoder().decode(origin(record));
      String trace = EventHeaders.read(record.headers()).traceParent();
      String identity =
          "event:%s/%s/%s".formatted(event.stream().category(), event.stream().id(), event.id());
      return new Said.Event<>(
          new Trace(identity, event.id(), event.metadata().correlationId(), trace),
          followed(event),
          record.headers().lastHeader(HeaderNames.LATE) != null);
    } catch (UnreadableEventException | InvalidHeaderException fault) {
      throw unreadable(fault);
    }
  }

  @SuppressWarnings("unchecked") // the event inside was looked at
  private RecordedEvent<? extends E> followed(RecordedEvent<Object> event)
      throws PoisonInputException {
    if (!plan.process().events().isInstance(event.event())) {
      throw new PoisonInputException(
          PoisonInputException.UNREADABLE,
          "wanted an event of %s; found %s"
              .formatted(plan.process().events().getName(), event.event().getClass().getName()));
    }
    return (RecordedEvent<? extends E>) (RecordedEvent<?>) event;
  }

  /** The event's record as it lies in its own topic. */
  private static ConsumerRecord<byte[], byte[]> origin(InputRecord record)
      throws PoisonInputException {
    String[] origin = record.header(HeaderNames.ORIGIN).split(":");
    byte[] key = record.header(HeaderNames.ORIGIN_KEY).getBytes(StandardCharsets.UTF_8);
    if (origin.length != ORIGIN_PARTS) {
      throw new PoisonInputException(
          PoisonInputException.UNREADABLE,
          "wanted the origin as topic:partition:offset; found " + String.join(":", origin));
    }
    try {
      var place =
          new RecordPlace(
              origin[0],
              Integer.parseInt(origin[1]),
              Long.parseLong(origin[2]),
              record.place().timestampMillis());
      return stored(place, key, record.value(), record.headers());
    } catch (NumberFormatException notANumber) {
      throw unreadable(notANumber);
    }
  }

  static ConsumerRecord<byte[], byte[]> stored(
      RecordPlace place, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        place.topic(),
        place.partition(),
        place.offset(),
        place.timestampMillis(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  private Said<E> answer(InputRecord record) throws PoisonInputException {
    try {
      Outcome outcome = plan.wire().outcomes().decode(record.value());
      Headers headers = record.headers();
      return new Said.Answer<>(
          new Trace(
              "outcome:" + outcome.commandId(),
              outcome.commandId(),
              ProcessHeaders.text(headers, HeaderNames.CORRELATION_ID),
              ProcessHeaders.text(headers, HeaderNames.TRACE_PARENT)),
          outcome);
    } catch (IllegalArgumentException | InvalidHeaderException fault) {
      throw unreadable(fault);
    }
  }

  private Said<E> timer(InputRecord record) throws PoisonInputException {
    String name = record.header(HeaderNames.TIMER);
    String number = record.header(HeaderNames.TIMER_NUMBER);
    String identity = "timer:" + name + ":" + number;
    return new Said.Timer<>(
        new Trace(identity, identity, null, null), name, Long.parseLong(number));
  }

  private Said<E> retry(InputRecord record) throws PoisonInputException {
    try {
      String principal = ProcessHeaders.text(record.headers(), HeaderNames.PRINCIPAL);
      String id = ProcessHeaders.text(record.headers(), HeaderNames.ID);
      RecordPlace place = record.place();
      String identity =
          "retry:%s:%d:%d".formatted(place.topic(), place.partition(), place.offset());
      return new Said.Retry<>(
          new Trace(
              identity,
              id == null ? identity : id,
              null,
              ProcessHeaders.text(record.headers(), HeaderNames.TRACE_PARENT)),
          principal == null ? Metadata.ANONYMOUS : principal);
    } catch (InvalidHeaderException invalid) {
      throw unreadable(invalid);
    }
  }

  private static PoisonInputException unreadable(Exception fault) {
    return new PoisonInputException(
        PoisonInputException.UNREADABLE, String.valueOf(fault.getMessage()));
  }
}
