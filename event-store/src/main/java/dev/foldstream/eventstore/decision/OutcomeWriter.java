package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.quarantine.QuarantinedCommand;
import dev.foldstream.eventstore.wire.AnswerAddress;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.OutcomeHeaders;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.eventstore.wire.Sources;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Sends outcomes and the pointers of what was set aside. */
final class OutcomeWriter {

  private final DecisionPlan<?, ?, ?> plan;
  private final Answers answers;

  OutcomeWriter(DecisionPlan<?, ?, ?> plan, Answers answers) {
    this.plan = plan;
    this.answers = answers;
  }

  void send(CommandRecord command, CommandHeaders asked, Outcome outcome) {
    String answerId =
        asked.looksUp()
            ? CommandHeaders.answerId(command.headers(), command.place())
            : asked.commandId();
    send(
        command,
        outcome,
        new OutcomeHeaders(
            answerId, outcome.commandId(), asked.correlationId(), asked.traceParent()));
  }

  void sendQuarantined(CommandRecord command, Quarantined outcome, PoisonCommandException poison) {
    RecordPlace place = command.place();
    var pointer =
        new QuarantinedCommand(
            place.topic(),
            place.partition(),
            place.offset(),
            Instant.ofEpochMilli(place.timestampMillis()),
            CommandReader.text(command.key()),
            outcome.commandId(),
            outcome.cause(),
            String.valueOf(poison.getMessage()),
            CommandHeaders.type(command.headers()),
            CommandHeaders.retryOf(command.headers()));
    answers.send(
        Answers.To.QUARANTINE,
        command.key(),
        plan.wire().quarantined().encode(plan.quarantineTopic(), pointer),
        new RecordHeaders(),
        place.timestampMillis());
    String answerId = CommandHeaders.answerId(command.headers(), place);
    send(command, outcome, new OutcomeHeaders(answerId, outcome.commandId(), null, null));
  }

  private void send(CommandRecord command, Outcome outcome, OutcomeHeaders written) {
    String id = CommandReader.text(command.key());
    var headers = new RecordHeaders();
    written.write(headers, Sources.of(plan.domain(), plan.aggregate(), id == null ? "" : id));
    ProcessHeaders.copyProcess(command.headers(), headers);
    AnswerAddress.copy(command.headers(), headers);
    answers.send(
        Answers.To.OUTCOMES,
        command.key(),
        plan.wire().outcomes().encode(plan.outcomesTopic(), outcome),
        headers,
        command.place().timestampMillis());
  }
}
