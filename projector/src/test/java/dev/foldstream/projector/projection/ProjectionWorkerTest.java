package dev.foldstream.projector.projection;

import static dev.foldstream.projector.library.LibraryDomain.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.library.LibraryDomain.Copies;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Lost;
import dev.foldstream.projector.library.LibraryDomain.Totals;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionWorkerTest extends WorkerParts {

  private static final FaultyStore.Fault NONE = commit -> {};

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

  @ParameterizedTest
  @EnumSource(ViewStoreKind.class)
  void a_version_that_became_live_meanwhile_is_gone_on_with_and_is_no_overtaking(
      ViewStoreKind kind) {
    var rebuilds = ((RebuildableStore) store(kind)).rebuilds();
    FaultyStore.Fault switchOnce =
        commit -> {
          if (commit == 1) {
            rebuilds.request(view("copies"), RebuildKind.REBUILD);
            rebuilds.makeLive(
                rebuilds.take(view("copies"), "test", Duration.ofMinutes(1), 16).orElseThrow(),
                positions -> {});
          }
        };
    log.commit(0, "dune", new Bought(1));
    var said = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(ProjectionWorker.class);
    said.start();
    logger.addAppender(said);
    try {
      ProjectionWorker worker =
          start("copies", kind, new FaultyStore(store(kind), switchOnce, NONE));
      var next = new ViewVersion(view("copies"), 2);
      await().untilAsserted(() -> assertThat(worker.progress().version()).isEqualTo(2));
      assertThat(store(kind).isLive(next)).isTrue();
      await()
          .untilAsserted(
              () -> assertThat(store(kind).load(next, List.of("dune"))).containsKey("dune"));
      assertThat(List.copyOf(said.list))
          .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
          .anyMatch(line -> line.getFormattedMessage().contains("another version became live"));
    } finally {
      logger.detachAppender(said);
    }
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
    for (int i = 0; i < 40; i++) {
      log.commit(i % 2, "b", new Bought(1), new Bought(1), new Bought(1), new Bought(1));
    }
    awaitCaughtUp("totals", kind);
    assertThat(row("totals", kind, ALL)).isEqualTo(new Totals(160, 160));
    first.close();
    log.commit(0, "b", new Bought(1));
    log.commit(1, "b", new Bought(1));
    awaitCaughtUp("totals", kind);
    assertThat(row("totals", kind, ALL)).isEqualTo(new Totals(162, 162));
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
}
