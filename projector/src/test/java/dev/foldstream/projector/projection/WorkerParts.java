package dev.foldstream.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.library.LibraryDomain;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Workers over a log of their own and both stores. */
abstract class WorkerParts {

  static final ProjectorSettings SETTINGS =
      new ProjectorSettings(
          50, 40, Duration.ofSeconds(6), Duration.ofMillis(50), Duration.ofMillis(500));

  final List<ProjectionWorker> workers = new ArrayList<>();
  final PostgresViewStore postgres = postgres();
  final ElasticsearchViewStore elasticsearch =
      ElasticsearchViewStore.open(URI.create(DevServices.shared().elasticsearch().url()));
  final LibraryLog log = log();

  @BeforeAll
  static void servers() {
    DevServices.shared().start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH);
  }

  static PostgresViewStore postgres() {
    var server = DevServices.shared().postgres();
    return PostgresViewStore.open(
        new PostgresSettings(server.newDatabase("workers"), server.user(), server.password(), 6));
  }

  static LibraryLog log() {
    try {
      return new LibraryLog(new InMemorySchemaRegistry());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void no_index_of_the_test_before() throws Exception {
    Indices.deleteViews();
  }

  @AfterEach
  void close() {
    workers.forEach(ProjectionWorker::close);
    log.close();
    postgres.close();
    elasticsearch.close();
    DevServices.shared().start(Part.POSTGRESQL, Part.ELASTICSEARCH);
  }

  ViewDefinition view(String name) {
    return log.domain().features().stream()
        .filter(f -> f instanceof Feature.View<?, ?> && f.name().equals(name))
        .map(
            f ->
                new ViewDefinition(
                    LibraryDomain.NAME,
                    (Feature.View<?, ?>) f,
                    List.of(LibraryLog.TOPIC),
                    LibraryLog.PARTITIONS))
        .findFirst()
        .orElseThrow();
  }

  ViewStore store(ViewStoreKind kind) {
    return kind == ViewStoreKind.POSTGRESQL ? postgres : elasticsearch;
  }

  ProjectionWorker start(String view, ViewStoreKind kind, ViewStore store) {
    var worker =
        new ProjectionWorker(
            new ProjectionTarget(view, view(view), kind, store),
            new LogConsumers(DevServices.shared().kafka().bootstrapServers(), SETTINGS),
            new EventDecoder(List.of(log.domain()), log.codec()),
            SETTINGS,
            "test-" + workers.size());
    workers.add(worker);
    worker.start();
    return worker;
  }

  ProjectionWorker start(String view, ViewStoreKind kind) {
    return start(view, kind, store(kind));
  }

  static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class);
  }

  @Nullable Record row(String view, ViewStoreKind kind, String key) {
    return store(kind)
        .load(new ViewVersion(view(view), 1), List.of(key))
        .getOrDefault(key, StoredRow.NONE)
        .row();
  }

  long sequence(String view, ViewStoreKind kind, int partition) {
    return position(view, kind, partition).sequence();
  }

  Position position(String view, ViewStoreKind kind, int partition) {
    var positions = store(kind).positions(new ViewVersion(view(view), 1));
    var name = new TopicPartitionName(LibraryLog.TOPIC, partition);
    return Objects.requireNonNull(positions.get(name)).position();
  }

  void awaitCaughtUp(String view, ViewStoreKind kind) {
    await()
        .untilAsserted(
            () -> {
              for (int partition = 0; partition < LibraryLog.PARTITIONS; partition++) {
                assertThat(sequence(view, kind, partition)).isEqualTo(log.sequence(partition));
              }
            });
  }
}
