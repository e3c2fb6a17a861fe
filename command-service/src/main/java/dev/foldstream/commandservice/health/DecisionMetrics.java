package dev.foldstream.commandservice.health;

import dev.foldstream.commandservice.decisions.Decisions;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.decision.DecisionCounts;
import dev.foldstream.eventstore.outcomes.OutcomeCounts;
import dev.foldstream.eventstore.outcomes.OutcomeReader;
import dev.foldstream.eventstore.quarantine.QuarantineIndex;
import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micronaut.configuration.kafka.annotation.KafkaClient;
import io.micronaut.context.annotation.Context;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.Producer;

/** Counts what became of commands, by aggregate type. */
@Context
final class DecisionMetrics {

  private static final String COMMANDS = "foldstream.commands";

  DecisionMetrics(
      MeterRegistry meters,
      Decisions decisions,
      OutcomeReader reader,
      QuarantineIndex index,
      FoundDomains domains,
      @KafkaClient("commands") Producer<byte[], byte[]> producer) {
    new KafkaClientMetrics(producer).bindTo(meters);
    decisions.applications().forEach(application -> bind(meters, application));
    domains.aggregates().forEach(found -> bind(meters, index, found));
    Gauge.builder("foldstream.outcomes.waiting", reader, OutcomeReader::waiting)
        .description("callers that wait for an outcome")
        .register(meters);
    outcomes(meters, "read", "outcomes read by this instance", reader, OutcomeCounts::read);
    outcomes(meters, "passed-on", "to other instances", reader, OutcomeCounts::forwarded);
    outcomes(meters, "given-up", "not passed on in time", reader, OutcomeCounts::givenUp);
    outcomes(meters, "answers", "read of those passed on", reader, OutcomeCounts::answersRead);
  }

  private static void outcomes(
      MeterRegistry meters,
      String what,
      String description,
      OutcomeReader reader,
      ToDoubleFunction<OutcomeCounts> value) {
    FunctionCounter.builder("foldstream.outcomes." + what, reader.counts(), value)
        .description(description)
        .register(meters);
  }

  private static void bind(MeterRegistry meters, QuarantineIndex index, FoundAggregate found) {
    Gauge.builder(
            "foldstream.quarantine.open", index, all -> all.open(found.domain(), found.name()))
        .description("quarantined commands that nobody did anything about")
        .tag("aggregate", found.domain() + "." + found.name())
        .register(meters);
  }

  private static void bind(MeterRegistry meters, DecisionApplication application) {
    DecisionCounts counts = application.counts();
    String name = application.name();
    commands(meters, name, "accepted", counts, DecisionCounts::accepted);
    commands(meters, name, "rejected", counts, DecisionCounts::rejected);
    commands(meters, name, "conflict", counts, DecisionCounts::conflicts);
    commands(meters, name, "quarantined", counts, DecisionCounts::quarantined);
    commands(meters, name, "repeated", counts, DecisionCounts::repeated);
    commands(meters, name, "look-up", counts, DecisionCounts::lookUps);
    FunctionCounter.builder("foldstream.events", counts, DecisionCounts::events)
        .description("events appended by this instance")
        .tag("aggregate", name)
        .register(meters);
  }

  private static void commands(
      MeterRegistry meters,
      String aggregate,
      String outcome,
      DecisionCounts counts,
      ToDoubleFunction<DecisionCounts> value) {
    FunctionCounter.builder(COMMANDS, counts, value)
        .description("commands decided by this instance")
        .tag("aggregate", aggregate)
        .tag("outcome", outcome)
        .register(meters);
  }
}
