package dev.foldstream.projector.projection;

import static dev.foldstream.projector.library.LibraryDomain.MENDED;
import static dev.foldstream.projector.library.LibraryDomain.POISON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.library.LibraryDomain;
import dev.foldstream.projector.library.LibraryDomain.Copies;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineEntry.Kind;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.QuarantineRequest.Action;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuarantineTest {

  private static final TopicPartitionName FIRST = new TopicPartitionName(LibraryLog.TOPIC, 0);
  private static final ProjectorSettings SETTINGS =
      new ProjectorSettings(
          50, 40, Duration.ofSeconds(6), Duration.ofMillis(50), Duration.ofMillis(500));

  private final DevServices services = DevServices.shared();
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable LibraryLog log;
  private @Nullable ViewStore store;

  @BeforeEach
  void start() throws Exception {
    services.start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH);
    Indices.deleteViews();
    log = new LibraryLog(new InMemorySchemaRegistry());
    MENDED.set(false);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    log().close();
    store().close();
    MENDED.set(false);
  }

  private LibraryLog log() {
    return Objects.requireNonNull(log);
  }

  private ViewStore store() {
    return Objects.requireNonNull(store);
  }

  private void keptIn(ViewStoreKind kind) {
    var postgres = services.postgres();
    store =
        kind == ViewStoreKind.ELASTICSEARCH
            ? ElasticsearchViewStore.open(URI.create(services.elasticsearch().url()))
            : PostgresViewStore.open(
                new PostgresSettings(
                    postgres.newDatabase("quarantine"), postgres.user(), postgres.password(), 6));
  }

  private ViewVersion version() {
    Feature.View<?, ?> copies =
        log().domain().features().stream()
            .filter(f -> f.name().equals("copies"))
            .map(f -> (Feature.View<?, ?>) f)
            .findFirst()
            .orElseThrow();
    return new ViewVersion(
        new ViewDefinition(
            LibraryDomain.NAME, copies, List.of(LibraryLog.TOPIC), LibraryLog.PARTITIONS),
        1);
  }

  private ProjectionWorker worker(ViewStore in, QuarantineSettings settings) {
    var worker =
        new ProjectionWorker(
            new ProjectionTarget("copies", version().view(), ViewStoreKind.POSTGRESQL, in),
            new LogConsumers(services.kafka().bootstrapServers(), SETTINGS),
            new EventDecoder(List.of(log().domain()), log().codec()),
            SETTINGS,
            settings,
            "test-" + open.size());
    open.addFirst(worker);
    worker.start();
    return worker;
  }

  private static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class);
  }

  private @Nullable Record row(String book) {
    return store().load(version(), List.of(book)).getOrDefault(book, StoredRow.NONE).row();
  }

  private PartitionLedger ledger() {
    return Objects.requireNonNull(store().operations().ledger(version()).get(FIRST));
  }

  private void awaitLedger(long sequence, LedgerCounts counts) {
    await()
        .untilAsserted(() -> assertThat(ledger()).isEqualTo(new PartitionLedger(sequence, counts)));
    assertThat(ledger().complete()).isTrue();
  }

  private List<QuarantineEntry> waiting() {
    return store().operations().open(version(), FIRST);
  }

  private void ask(long sequence, Action action) {
    QuarantineEntry entry =
        waiting().stream().filter(e -> e.sequence() == sequence).findFirst().orElseThrow();
    var request = new QuarantineRequest(action, "ann", "a test", Instant.now());
    assertThat(store().operations().request(version(), entry.id(), request)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void what_waits_behind_a_poison_event_is_applied_once_and_in_order_by_a_worker_that_dies(
      ViewStoreKind kind) {
    keptIn(kind);
    var random = RandomGenerator.of("L64X128MixRandom");
    FaultyStore.Fault die =
        commit -> {
          if (random.nextInt(3) == 0) {
            throw new ViewStoreUnavailableException("died", new IllegalStateException());
          }
        };
    log().commit(0, "dune", new Bought(1), new Bought(POISON), new Bought(4));
    log().commit(0, "emma", new Bought(2));
    log().commitUnreadable(0, "ilias");
    log().commit(0, "ilias", new Bought(3));
    worker(new FaultyStore(store(), die, die), QuarantineSettings.defaults());
    awaitLedger(6, new LedgerCounts(2, 0, 4, 0));
    assertThat(waiting()).extracting(QuarantineEntry::sequence).containsExactly(2L, 3L, 5L, 6L);
    assertThat(waiting())
        .extracting(QuarantineEntry::kind)
        .containsExactly(Kind.POISON, Kind.HELD, Kind.POISON, Kind.HELD);
    assertThat(waiting().getFirst().detail()).contains("too many books");
    assertThat(row("dune")).isEqualTo(new Copies("dune", 1));
    assertThat(row("emma")).isEqualTo(new Copies("emma", 2));
    ask(2, Action.RETRY);
    await().untilAsserted(() -> assertThat(waiting().getFirst().attempts()).isGreaterThan(1));
    log().commit(0, "dune", new Bought(5));
    awaitLedger(7, new LedgerCounts(2, 0, 5, 0));
    MENDED.set(true);
    ask(2, Action.RETRY);
    awaitLedger(7, new LedgerCounts(5, 0, 2, 0));
    assertThat(row("dune")).isEqualTo(new Copies("dune", 10 + POISON));
    ask(5, Action.DISCARD);
    awaitLedger(7, new LedgerCounts(6, 0, 0, 1));
    assertThat(row("ilias")).isEqualTo(new Copies("ilias", 3));
    log().commit(0, "ilias", new Bought(1));
    awaitLedger(8, new LedgerCounts(7, 0, 0, 1));
    await().untilAsserted(() -> assertThat(waiting()).isEmpty());
    assertThat(store().operations().page(version(), 10, null))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.kind()).isEqualTo(Kind.DISCARDED);
              assertThat(Objects.requireNonNull(entry.request()).reason()).isEqualTo("a test");
            });
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void a_row_that_the_store_refuses_is_found_among_many_and_the_others_go_on(ViewStoreKind kind) {
    keptIn(kind);
    String bad = kind == ViewStoreKind.POSTGRESQL ? "bad \u0000 book" : "bad".repeat(200);
    for (int i = 0; i < 10; i++) {
      log().commit(0, "b-" + i, new Bought(1));
    }
    log().commit(0, bad, new Bought(1));
    log().commit(0, "b-1", new Bought(1));
    log().commit(0, bad, new Bought(1));
    worker(store(), QuarantineSettings.defaults());
    awaitLedger(13, new LedgerCounts(11, 0, 2, 0));
    assertThat(row("b-1")).isEqualTo(new Copies("b-1", 2));
    assertThat(waiting()).extracting(QuarantineEntry::sequence).containsExactly(11L, 13L);
    assertThat(waiting().getFirst().cause()).isEqualTo("row-refused");
    assertThat(waiting().getFirst().hold().key()).isEqualTo(bad);
    ask(11, Action.RETRY);
    await().untilAsserted(() -> assertThat(waiting().getFirst().attempts()).isEqualTo(2));
    ask(11, Action.DISCARD);
    await()
        .untilAsserted(
            () -> {
              assertThat(ledger().counts()).isEqualTo(new LedgerCounts(11, 0, 1, 1));
              assertThat(waiting())
                  .singleElement()
                  .extracting(QuarantineEntry::kind)
                  .isEqualTo(Kind.POISON);
            });
  }

  @Test
  void a_quarantine_that_is_full_stops_its_partition_until_there_is_room() {
    keptIn(ViewStoreKind.POSTGRESQL);
    log().commit(0, "dune", new Bought(POISON), new Bought(1), new Bought(2));
    log().commit(0, "emma", new Bought(1));
    log().commit(1, "ilias", new Bought(1));
    ProjectionWorker worker = worker(store(), new QuarantineSettings(2, 3));
    await()
        .untilAsserted(
            () ->
                assertThat(worker.progress().partitions())
                    .extracting(PartitionProgress::state)
                    .containsExactly(WorkState.STOPPED, WorkState.RUNNING));
    assertThat(worker.progress().partitions().getFirst().reason())
        .contains("the quarantine is full")
        .contains("row 'dune'");
    assertThat(ledger().sequence()).isEqualTo(2);
    MENDED.set(true);
    ask(1, Action.RETRY);
    awaitLedger(4, new LedgerCounts(4, 0, 0, 0));
    assertThat(row("dune")).isEqualTo(new Copies("dune", 3 + POISON));
    await().untilAsserted(() -> assertThat(worker.progress().worst()).isEqualTo(WorkState.RUNNING));
  }

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void a_pause_survives_a_restart_and_the_lag_grows_meanwhile(ViewStoreKind kind) throws Exception {
    keptIn(kind);
    ProjectionWorker first = worker(store(), QuarantineSettings.defaults());
    log().commit(0, "dune", new Bought(1));
    awaitLedger(1, new LedgerCounts(1, 0, 0, 0));
    store().operations().pause(version().view(), new ViewPause("ann", Instant.now()));
    await().untilAsserted(() -> assertThat(first.progress().state()).isEqualTo(WorkState.PAUSED));
    first.close();
    log().commit(0, "dune", new Bought(1));
    ProjectionWorker second = worker(store(), QuarantineSettings.defaults());
    await()
        .untilAsserted(
            () -> {
              assertThat(second.progress().state()).isEqualTo(WorkState.PAUSED);
              assertThat(second.progress().reason()).contains("ann");
              assertThat(second.progress().partitions())
                  .anySatisfy(
                      behind -> {
                        assertThat(behind.lagEvents()).isPositive();
                        assertThat(behind.behindSince()).isNotNull();
                      });
            });
    assertThat(ledger().sequence()).isEqualTo(1);
    store().operations().resume(version().view());
    awaitLedger(2, new LedgerCounts(2, 0, 0, 0));
    assertThat(row("dune")).isEqualTo(new Copies("dune", 2));
  }
}
