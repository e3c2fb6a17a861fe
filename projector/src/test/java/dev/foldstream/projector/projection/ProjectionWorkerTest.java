package dev.foldstream.projector.projection;

import static dev.foldstream.projector.library.LibraryDomain.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.library.LibraryDomain;
import dev.foldstream.projector.library.LibraryDomain.Copies;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Lost;
import dev.foldstream.projector.library.LibraryDomain.Totals;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionWorkerTest {

  private static final FaultyStore.Fault NONE = commit -> {};
  private static final ProjectorSettings SETTINGS =
      new ProjectorSettings(
          50, 40, Duration.ofSeconds(6), Duration.ofMillis(50), Duration.ofMillis(500));

  private final List<ProjectionWorker> workers = new ArrayList<>();
  private final PostgresViewStore postgres = postgres();
  private final ElasticsearchViewStore elasticsearch =
      ElasticsearchViewStore.open(URI.create(DevServices.shared().elasticsearch().url()));
  private final LibraryLog log = log();

  @BeforeAll
  static void servers() {
    DevServices.shared().start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH);
  }

  private static PostgresViewStore postgres() {
    var server = DevServices.shared().postgres();
    return PostgresViewStore.open(
        new PostgresSettings(server.newDatabase("workers"), server.user(), server.password(), 6));
  }

  private static LibraryLog log() {
    try {
      return new LibraryLog(new InMemorySchemaRegistry());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void no_index_of_the_test_before() throws Exception {
    Indices.delete(
        "library-copies-v1",
        "library-totals-v1",
        "foldstream-positions",
        "foldstream-quarantine",
        "foldstream-pauses");
  }

  @AfterEach
  void close() {
    workers.forEach(ProjectionWorker::close);
    log.close();
    postgres.close();
    elasticsearch.close();
    DevServices.shared().start(Part.POSTGRESQL, Part.ELASTICSEARCH);
  }

  private ViewDefinition view(String name) {
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

  private ViewStore store(ViewStoreKind kind) {
    return kind == ViewStoreKind.POSTGRESQL ? postgres : elasticsearch;
  }

  private ProjectionWorker start(String view, ViewStoreKind kind, ViewStore store) {
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

  private ProjectionWorker start(String view, ViewStoreKind kind) {
    return start(view, kind, store(kind));
  }

  private static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class);
  }

  private @Nullable Record row(String view, ViewStoreKind kind, String key) {
    return store(kind)
        .load(new ViewVersion(view(view), 1), List.of(key))
        .getOrDefault(key, StoredRow.NONE)
        .row();
  }

  private long sequence(String view, ViewStoreKind kind, int partition) {
    return position(view, kind, partition).sequence();
  }

  private Position position(String view, ViewStoreKind kind, int partition) {
    var positions = store(kind).positions(new ViewVersion(view(view), 1));
    var name = new TopicPartitionName(LibraryLog.TOPIC, partition);
    return Objects.requireNonNull(positions.get(name)).position();
  }

  private void awaitCaughtUp(String view, ViewStoreKind kind) {
    await()
        .untilAsserted(
            () -> {
              for (int partition = 0; partition < LibraryLog.PARTITIONS; partition++) {
                assertThat(sequence(view, kind, partition)).isEqualTo(log.sequence(partition));
              }
            });
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void events_become_rows_and_positions_over_the_holes_of_transactions(ViewStoreKind kind) {
    log.commit(0, "dune", new Bought(2), new Bought(3));
    log.abort(0);
    log.commit(0, "emma", new Bought(1));
    log.commit(1, "ilias", new Bought(4));
    ProjectionWorker worker = start("copies", kind);
    awaitCaughtUp("copies", kind);
    log.commit(0, "emma", new Lost("water"));
    log.abort(0);
    log.commit(0, "dune", new Bought(1));
    awaitCaughtUp("copies", kind);
    assertThat(row("copies", kind, "dune")).isEqualTo(new Copies("dune", 6));
    assertThat(row("copies", kind, "emma")).isNull();
    assertThat(row("copies", kind, "ilias")).isEqualTo(new Copies("ilias", 4));
    await()
        .untilAsserted(
            () -> {
              assertThat(worker.progress().worst()).isEqualTo(WorkState.RUNNING);
              assertThat(worker.progress().partitions())
                  .extracting(PartitionProgress::lagEvents)
                  .containsExactly(0L, 0L);
            });
    await().untilAsserted(() -> assertThat(position("copies", kind, 0).nextOffset()).isEqualTo(13));
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void a_worker_that_dies_around_its_commits_leaves_rows_equal_to_the_fold(ViewStoreKind kind) {
    var random = RandomGenerator.of("L64X128MixRandom");
    FaultyStore.Fault die =
        commit -> {
          if (random.nextInt(3) == 0) {
            throw new ViewStoreUnavailableException("died", new IllegalStateException());
          }
        };
    start("totals", kind, new FaultyStore(store(kind), die, die));
    long copies = 0;
    for (int i = 1; i <= 60; i++) {
      log.commit(i % 2, "b-" + i % 7, new Bought(i), new Lost("x"), new Bought(1));
      copies += i + 1;
    }
    awaitCaughtUp("totals", kind);
    assertThat(row("totals", kind, ALL)).isEqualTo(new Totals(copies, 120));
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void a_zombies_commit_touches_nothing_and_it_goes_on_behind_the_new_owner(ViewStoreKind kind)
      throws Exception {
    var reached = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    FaultyStore.Fault stopOnce =
        commit -> {
          if (commit == 1) {
            reached.countDown();
            awaitOrFail(released);
          }
        };
    log.commit(0, "dune", new Bought(1));
    start("copies", kind, new FaultyStore(store(kind), stopOnce, NONE));
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    var version = new ViewVersion(view("copies"), 1);
    var partition = new TopicPartitionName(LibraryLog.TOPIC, 0);
    var before = store(kind).claim(version, Set.of(partition), "new owner").get(partition);
    released.countDown();
    awaitCaughtUp("copies", kind);
    var after = Objects.requireNonNull(store(kind).positions(version).get(partition));
    assertThat(after.epoch())
        .as("it claimed again before it wrote")
        .isGreaterThan(Objects.requireNonNull(before).epoch());
    assertThat(row("copies", kind, "dune")).isEqualTo(new Copies("dune", 1));
    assertThat(
            Objects.requireNonNull(store(kind).load(version, List.of("dune")).get("dune"))
                .revision())
        .isEqualTo(1);
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void workers_that_share_the_partitions_of_one_row_lose_no_event(ViewStoreKind kind) {
    ProjectionWorker first = start("totals", kind);
    ProjectionWorker second = start("totals", kind);
    await()
        .untilAsserted(
            () -> {
              assertThat(first.progress().partitions()).hasSize(1);
              assertThat(second.progress().partitions()).hasSize(1);
            });
    for (int i = 0; i < 200; i++) {
      log.commit(i % 2, "b", new Bought(1));
    }
    awaitCaughtUp("totals", kind);
    assertThat(row("totals", kind, ALL)).isEqualTo(new Totals(200, 200));
    first.close();
    log.commit(0, "b", new Bought(1));
    log.commit(1, "b", new Bought(1));
    awaitCaughtUp("totals", kind);
    assertThat(row("totals", kind, ALL)).isEqualTo(new Totals(202, 202));
  }

  private static PartitionProgress progress(ProjectionWorker worker, int partition) {
    return worker.progress().partitions().stream()
        .filter(p -> p.partition().partition() == partition)
        .findFirst()
        .orElseThrow(AssertionError::new);
  }

  private void assertStopped(ProjectionWorker worker, String reason) {
    await()
        .untilAsserted(
            () -> {
              assertThat(progress(worker, 0).state()).isEqualTo(WorkState.STOPPED);
              assertThat(progress(worker, 0).reason()).contains(reason);
              assertThat(progress(worker, 1).state()).isEqualTo(WorkState.RUNNING);
            });
    log.commit(1, "ilias", new Bought(1));
    await()
        .untilAsserted(
            () ->
                assertThat(sequence("copies", ViewStoreKind.POSTGRESQL, 1))
                    .isEqualTo(log.sequence(1)));
  }

  @Test
  void a_hole_in_the_sequences_stops_its_partition() {
    log.commit(0, "dune", new Bought(1));
    log.skip(0);
    log.commit(0, "dune", new Bought(1));
    ProjectionWorker worker = start("copies", ViewStoreKind.POSTGRESQL);
    assertStopped(worker, "sequence 2 was expected at offset 2");
    assertThat(sequence("copies", ViewStoreKind.POSTGRESQL, 0)).isEqualTo(1);
  }

  @Test
  void a_log_that_lost_its_beginning_stops_its_partition() throws Exception {
    log.commit(0, "dune", new Bought(1));
    log.deleteEverything(0);
    log.commit(0, "dune", new Bought(1));
    ProjectionWorker worker = start("copies", ViewStoreKind.POSTGRESQL);
    assertStopped(worker, "the log does not hold offset 0");
  }

  @Test
  void postgresql_that_crashes_and_comes_back_is_caught_up_with_by_itself() {
    ProjectionWorker worker = start("totals", ViewStoreKind.POSTGRESQL);
    log.commit(0, "b", new Bought(1));
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    DevServices.shared().postgres().stopImmediately();
    log.commit(0, "b", new Bought(1));
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.STALLED));
    log.commit(1, "b", new Bought(1));
    DevServices.shared().postgres().start();
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    assertThat(row("totals", ViewStoreKind.POSTGRESQL, ALL)).isEqualTo(new Totals(3, 3));
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.RUNNING));
  }

  @Test
  void elasticsearch_that_crashes_and_comes_back_is_caught_up_with_by_itself() {
    ProjectionWorker worker = start("totals", ViewStoreKind.ELASTICSEARCH);
    log.commit(0, "b", new Bought(1));
    awaitCaughtUp("totals", ViewStoreKind.ELASTICSEARCH);
    DevServices.shared().elasticsearch().kill();
    log.commit(0, "b", new Bought(1));
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.STALLED));
    log.commit(1, "b", new Bought(1));
    DevServices.shared().elasticsearch().start();
    awaitCaughtUp("totals", ViewStoreKind.ELASTICSEARCH);
    assertThat(row("totals", ViewStoreKind.ELASTICSEARCH, ALL)).isEqualTo(new Totals(3, 3));
  }

  @Test
  void a_store_that_is_away_at_the_start_is_waited_for() {
    DevServices.shared().postgres().stop();
    log.commit(0, "b", new Bought(1));
    ProjectionWorker worker = start("totals", ViewStoreKind.POSTGRESQL);
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.STALLED));
    DevServices.shared().postgres().start();
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    assertThat(Map.of("row", Objects.requireNonNull(row("totals", ViewStoreKind.POSTGRESQL, ALL))))
        .containsValue(new Totals(1, 1));
  }
}
