package dev.foldstream.projector.rebuild;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.projector.projection.LogConsumers;
import dev.foldstream.projector.projection.ProjectionStores;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.ProjectorSettings;
import dev.foldstream.projector.registered.RowsDecoder;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import dev.foldstream.viewstore.registered.RowsView;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.UUID;
import java.util.function.Function;

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
      SchemaRegistry registry,
      WireCodec codec) {
    String owner =
        ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.runner =
        new RebuildRunner(
            stores::targets,
            new LogConsumers(kafka.servers(), projector),
            decoders(stores, new EventDecoder(domains.all(), codec), registry),
            settings,
            owner);
  }

  private static Function<ProjectionTarget, RecordDecoder> decoders(
      ProjectionStores stores, EventDecoder events, SchemaRegistry registry) {
    return target -> {
      RowsView rows = stores.rows(target);
      return rows == null ? events : new RowsDecoder(rows, registry);
    };
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
