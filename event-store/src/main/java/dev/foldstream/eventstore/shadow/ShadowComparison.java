package dev.foldstream.eventstore.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.shadow.ShadowReport.Found;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.CommandContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a candidate would decide with what was recorded in one partition. Pure: it reads
 * only what it is given.
 *
 * <ol>
 *   <li>Each command is decided on the candidate's fold of the events recorded before it, so one
 *       difference does not lead to the next.
 *   <li>What was recorded is the events that the command led to; without events, its outcome;
 *       without an outcome it is unknown and not compared.
 *   <li>Look-ups, ids that were decided before, and what was quarantined are not compared.
 *   <li>The expected version is compared with the recorded version, as the host does it.
 *   <li>A partition whose commands topic was made anew is refused: offsets of commands say nothing
 *       there.
 * </ol>
 */
final class ShadowComparison {

  private final Candidate<?, ?, ?> candidate;
  private final RecordedPartition recorded;
  private final Function<byte[], JsonNode> today;
  private final ShadowReport report;
  private final RecordedEvents events;
  private final Map<String, Long> versions = new HashMap<>();
  private final Set<String> decided = new HashSet<>();

  /**
   * @param today shows an event that the candidate cannot read
   */
  ShadowComparison(
      Candidate<?, ?, ?> candidate,
      RecordedPartition recorded,
      Function<byte[], JsonNode> today,
      ShadowReport report) {
    this.candidate = candidate;
    this.recorded = recorded;
    this.today = today;
    this.report = report;
    this.events = new RecordedEvents(recorded.events(), recorded.commandsEnd());
  }

  /** Returns when all is compared, or soon after it is stopped. */
  void run(BooleanSupplier stopped) {
    candidate.beginPartition();
    while (!stopped.getAsBoolean() && recorded.commands().hasNext()) {
      ConsumerRecord<byte[], byte[]> command = recorded.commands().next();
      events.before(command.offset(), this::fold, stopped);
      var led = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      events.before(command.offset() + 1, (event, headers) -> led.add(event), stopped);
      if (!stopped.getAsBoolean()) {
        take(command, led);
        led.forEach(event -> fold(event, RecordedEvents.headers(event)));
      }
    }
  }

  private void fold(ConsumerRecord<byte[], byte[]> event, EventHeaders headers) {
    String id = CommandKey.text(event.key());
    versions.put(id, headers.version());
    String commandId = CommandKey.id(id, headers.metadata().commandId());
    if (recorded.asked().contains(commandId)) {
      decided.add(commandId);
    }
    candidate.fold(id, event.value());
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record, List<ConsumerRecord<byte[], byte[]>> led) {
    Outcome outcome = recorded.outcomes().get(CommandKey.record(record));
    try {
      CommandHeaders headers = CommandHeaders.read(record.headers(), CommandKey.place(record));
      if (headers.looksUp()) {
        report.add(Found.LOOK_UP);
      } else if (led.isEmpty() && outcome instanceof Outcome.Quarantined) {
        report.add(Found.QUARANTINED);
      } else if (!decided.add(CommandKey.id(record)) && led.isEmpty()) {
        report.add(Found.REPEATED);
      } else {
        take(record, headers, outcome, led);
      }
    } catch (InvalidHeaderException poison) {
      report.add(Found.QUARANTINED);
    }
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      CommandHeaders headers,
      @Nullable Outcome outcome,
      List<ConsumerRecord<byte[], byte[]>> led) {
    Optional<ShadowAnswer> answered = recorded(outcome, led);
    if (answered.isEmpty()) {
      report.add(Found.UNKNOWN);
      return;
    }
    ShadowAnswer before = answered.get();
    ShadowAnswer after = decide(record, headers);
    if (before.json().equals(after.json())) {
      report.add(Found.SAME);
    } else {
      report.differ(found(before, after), difference(record, headers, before, after));
    }
  }

  private ShadowAnswer decide(ConsumerRecord<byte[], byte[]> record, CommandHeaders headers) {
    String id = CommandKey.text(record.key());
    Long expected = headers.expectedVersion();
    if (expected != null && expected != versions.getOrDefault(id, 0L).longValue()) {
      return ShadowAnswer.conflict();
    }
    var context = new CommandContext(id, headers.occurredAt(), headers.metadata());
    return candidate.decide(record.value(), context);
  }

  private Optional<ShadowAnswer> recorded(
      @Nullable Outcome outcome, List<ConsumerRecord<byte[], byte[]>> led) {
    if (!led.isEmpty()) {
      return Optional.of(ShadowAnswer.accepted(led.stream().map(this::event).toList()));
    }
    return switch (outcome) {
      case Outcome.Rejected rejected -> Optional.of(ShadowAnswer.rejected(rejected.rejection()));
      case Outcome.Conflict _ -> Optional.of(ShadowAnswer.conflict());
      case Outcome.Accepted accepted when accepted.events().isEmpty() ->
          Optional.of(ShadowAnswer.accepted(List.of()));
      // Accepted after the end of what is read here, or no outcome of a decision.
      case Outcome.Accepted _, Outcome.Quarantined _, Outcome.Unknown _ -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  private JsonNode event(ConsumerRecord<byte[], byte[]> event) {
    return candidate.event(event.value()).orElseGet(() -> today.apply(event.value()));
  }

  private static Found found(ShadowAnswer before, ShadowAnswer after) {
    if (after.failed()) {
      return Found.FAILED;
    }
    return before.sameOutcome(after) ? Found.OTHER_EVENTS : Found.OTHER_OUTCOME;
  }

  private static ShadowDifference difference(
      ConsumerRecord<byte[], byte[]> record,
      CommandHeaders headers,
      ShadowAnswer before,
      ShadowAnswer after) {
    String type = headers.type();
    return new ShadowDifference(
        record.topic(),
        record.partition(),
        record.offset(),
        CommandKey.text(record.key()),
        headers.commandId(),
        type == null ? "" : type,
        before.shown(),
        after.shown(),
        ShadowDifference.first(before.json(), after.json()));
  }
}
