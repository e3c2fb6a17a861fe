package dev.foldstream.commandservice.decisions;

import dev.foldstream.commandservice.commands.CommandSettings;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.outcomes.OutcomeReader;
import dev.foldstream.eventstore.quarantine.QuarantineIndex;
import dev.foldstream.eventstore.quarantine.QuarantineReader;
import dev.foldstream.eventstore.quarantine.StoredCommands;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.registry.SchemaRegistry;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Joins the event store with the settings of the host. */
@Factory
final class DecisionFactory {

  @Singleton
  DecisionWire decisionWire(SchemaRegistry registry, SchemaFiles files) {
    return DecisionWire.of(registry, files);
  }

  @Singleton
  RecordJson recordJson(SchemaFiles files) {
    return new RecordJson(files);
  }

  @Singleton
  QuarantineIndex quarantineIndex(QuarantineSettings settings) {
    return new QuarantineIndex(settings.maxEntries());
  }

  @Singleton
  QuarantineReader quarantineReader(
      KafkaSettings kafka, FoundDomains domains, DecisionWire wire, QuarantineIndex index) {
    return new QuarantineReader(kafka.servers(), domains.all(), wire.quarantined(), index);
  }

  @Singleton
  StoredCommands storedCommands(KafkaSettings kafka) {
    return new StoredCommands(kafka.servers());
  }

  @Singleton
  OutcomeReader outcomeReader(
      KafkaSettings kafka,
      FoundDomains domains,
      DecisionWire wire,
      CommandSettings settings,
      DecidedOutcomes decided) {
    return OutcomeReader.sharing(
        kafka.servers(),
        domains.all(),
        wire.outcomes(),
        settings.maxInFlight(),
        new OutcomeReader.Share(decided::now, settings.maxWait()));
  }
}
