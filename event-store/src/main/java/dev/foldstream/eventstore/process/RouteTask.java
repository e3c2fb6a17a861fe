package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Says which process an event or an outcome is for. Keeps nothing, and knows nothing of Kafka
 * Streams.
 */
final class RouteTask<E> {

  private final ProcessPlan<E, ?> plan;

  RouteTask(ProcessPlan<E, ?> plan) {
    this.plan = plan;
  }

  /** An input: the record's value with these headers, for this process. */
  record Routed(String processId, Headers headers) {}

  /** Empty when the record concerns no process of this type. */
  Optional<Routed> route(
      RecordPlace place, byte @Nullable [] key, byte @Nullable [] value, Headers headers)
      throws PoisonInputException {
    boolean answer = plan.answered().contains(place.topic());
    String id = answer ? asker(headers) : process(place, key, value, headers);
    if (id == null) {
      return Optional.empty();
    }
    var fault = AggregateId.fault(id);
    if (fault.isPresent()) {
      throw new PoisonInputException(
          PoisonInputException.MANAGER_FAILED, "wanted a process id; found '%s'".formatted(id));
    }
    var written = new RecordHeaders(headers.toArray());
    InputKind kind = answer ? InputKind.ANSWERED : InputKind.HAPPENED;
    ProcessHeaders.write(written, HeaderNames.INPUT_KIND, kind.name());
    ProcessHeaders.write(
        written,
        HeaderNames.ORIGIN,
        "%s:%d:%d".formatted(place.topic(), place.partition(), place.offset()));
    if (key != null) {
      ProcessHeaders.write(
          written, HeaderNames.ORIGIN_KEY, new String(key, StandardCharsets.UTF_8));
    }
    return Optional.of(new Routed(id, written));
  }

  /** What does not lead to a process is the outcome of somebody else's command. */
  private @Nullable String asker(Headers headers) {
    String id = ProcessHeaders.processId(headers, plan.process().name());
    return id == null || AggregateId.fault(id).isPresent() ? null : id;
  }

  @SuppressWarnings("unchecked") // the event inside was looked at
  private @Nullable String process(
      RecordPlace place, byte @Nullable [] key, byte @Nullable [] value, Headers headers)
      throws PoisonInputException {
    if (key == null || value == null) {
      throw new PoisonInputException(
          PoisonInputException.UNREADABLE, "wanted an event with key and value; found less");
    }
    RecordedEvent<Object> event;
    try {
      event = plan.decoder().decode(InputReader.stored(place, key, value, headers));
    } catch (UnreadableEventException unreadable) {
      throw new PoisonInputException(
          PoisonInputException.UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
    if (!plan.process().events().isInstance(event.event())) {
      return null;
    }
    try {
      return plan.process()
          .manager()
          .processId((RecordedEvent<? extends E>) (RecordedEvent<?>) event)
          .orElse(null);
    } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
      throw PoisonInputException.thrown(
          "wanted the process of " + event.event().getClass().getSimpleName(), thrown);
    }
  }
}
