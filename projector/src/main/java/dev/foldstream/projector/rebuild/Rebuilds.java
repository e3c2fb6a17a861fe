package dev.foldstream.projector.rebuild;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.projector.projection.LogConsumers;
import dev.foldstream.projector.projection.ProjectionStores;
import dev.foldstream.projector.projection.ProjectorSettings;
import dev.foldstream.schemas.wire.WireCodec;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.UUID;

/** Runs rebuilds from the start of the host to its end. */
@Context
final class Rebuilds {

  private final RebuildRunner runner;

  Rebuilds(
      FoundDomains domains,
      KafkaSettings kafka,
      ProjectorSettings projector,
      RebuildSettings settings,
      ProjectionStores stores,
      WireCodec codec) {
    String owner =
        ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.runner =
        new RebuildRunner(
            stores.targets(),
            new LogConsumers(kafka.servers(), projector),
            new EventDecoder(domains.all(), codec),
            settings,
            owner);
  }

  @PostConstruct
  void start() {
    runner.start();
  }

  @PreDestroy
  void close() {
    runner.close();
  }
}
