package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.account.Account;
import dev.foldstream.benchmarks.account.AccountDomain;
import dev.foldstream.benchmarks.account.AccountEvent;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.projection.LogConsumers;
import dev.foldstream.projector.projection.PartitionProgress;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.ProjectionWorker;
import dev.foldstream.projector.projection.ProjectorSettings;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.util.List;

/** The projector's own parts, as its host puts them together, with the settings nobody changed. */
final class Views {

  private final ReadParts parts;
  private final EventDecoder decoder;
  private final LogConsumers consumers;

  Views(ReadParts parts) {
    this.parts = parts;
    this.decoder = new EventDecoder(List.of(new AccountDomain()), Filling.codec(parts.registry()));
    this.consumers = new LogConsumers(parts.kafka(), ProjectorSettings.defaults());
  }

  EventDecoder decoder() {
    return decoder;
  }

  LogConsumers consumers() {
    return consumers;
  }

  static ViewDefinition view(String name, ViewStoreKind kind) {
    Feature.View<AccountEvent, Account> feature = AccountDomain.view(name).in(kind);
    return new ViewDefinition(
        AccountDomain.NAME, feature, List.of(Filling.EVENTS), Filling.PARTITIONS);
  }

  PostgresViewStore postgres() {
    return PostgresViewStore.open(
        new PostgresSettings(
            parts.database(), parts.user(), parts.password(), PostgresSettings.DEFAULT_POOL_SIZE));
  }

  static ProjectionTarget target(ViewDefinition view, ViewStoreKind kind, ViewStore store) {
    return new ProjectionTarget(view.name(), view, kind, store);
  }

  ProjectionWorker worker(ProjectionTarget target) {
    return new ProjectionWorker(
        target, consumers, decoder, ProjectorSettings.defaults(), "benchmark");
  }

  ElasticsearchViewStore elasticsearch() {
    return ElasticsearchViewStore.open(parts.elasticsearchUri());
  }

  static boolean hasRead(ProjectionWorker worker) {
    return worker.progress().partitions().stream()
        .anyMatch(partition -> partition.lagEvents() != PartitionProgress.UNKNOWN);
  }

  static boolean isDone(ProjectionWorker worker) {
    return worker.progress().partitions().stream()
            .mapToLong(partition -> partition.position().sequence())
            .sum()
        == Changes.EVENTS;
  }
}
