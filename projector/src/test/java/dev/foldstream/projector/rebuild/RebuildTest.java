package dev.foldstream.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent;
import dev.foldstream.projector.projection.ProjectionWorker;
import dev.foldstream.projector.rebuild.RebuildSettings.WhenToSwitch;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.VersionState;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RebuildTest extends RebuildParts {

  @Test
  void a_view_rebuilt_while_events_arrive_equals_the_fold_and_can_be_rolled_back()
      throws Exception {
    happen(1, 300);
    ProjectionWorker worker = live(copies());
    awaitServed();
    runner(copies(), SMALL);
    store.rebuilds().request(copies(), RebuildKind.REBUILD);
    assertThatThrownBy(() -> store.rebuilds().request(copies(), RebuildKind.REBUILD))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("one rebuild at a time");
    happen(300, 500);
    assertThat(awaitEnd().state()).as(last().toString()).isEqualTo(RebuildState.DONE);
    assertThat(comparison().same()).as(comparison().toString()).isTrue();
    assertThat(comparison().columns()).containsExactly("book", "copies");
    happen(500, 600);
    awaitServed();
    await().untilAsserted(() -> assertThat(worker.progress().version()).isEqualTo(2));
    assertThat(store.rebuilds().versions(copies()))
        .containsExactly(
            new KeptVersion(1, VersionState.RETIRED), new KeptVersion(2, VersionState.LIVE));
    store.rebuilds().request(copies(), RebuildKind.ROLLBACK);
    assertThat(awaitEnd().state()).isEqualTo(RebuildState.DONE);
    assertThat(served(copies())).as("what was missed meanwhile is there").isEqualTo(expected);
    happen(600, 650);
    awaitServed();
    await().untilAsserted(() -> assertThat(worker.progress().version()).isEqualTo(1));
    store.rebuilds().request(copies(), RebuildKind.REBUILD);
    assertThat(awaitEnd().version().number()).as("a number is used once").isEqualTo(3);
    assertThat(served(copies())).isEqualTo(expected);
    await()
        .untilAsserted(
            () ->
                assertThat(store.rebuilds().versions(copies()))
                    .as("the version before last is dropped after the switch")
                    .containsExactly(
                        new KeptVersion(1, VersionState.RETIRED),
                        new KeptVersion(3, VersionState.LIVE)));
    await().untilAsserted(() -> assertThat(traces(2)).isEmpty());
  }

  @Test
  void a_rebuild_whose_owner_is_gone_goes_on_where_it_was_and_the_owner_can_do_nothing_more() {
    happen(1, 300);
    live(copies());
    awaitServed();
    store.rebuilds().request(copies(), RebuildKind.REBUILD);
    Rebuild taken = store.rebuilds().take(copies(), "killed", RebuildRunner.LEASE, 1).orElseThrow();
    var half = new TreeMap<TopicPartitionName, Position>();
    store
        .rebuilds()
        .livePositions(copies())
        .forEach((p, at) -> half.put(p, new Position(at.sequence() / 2, 0)));
    var zombie =
        BesideWriter.claim(target(copies()), store.rebuilds(), taken.version(), SMALL, "killed");
    try (var reader =
        new LogReader(consumers().consumer("killed", "killed"), decoder(), ShelfEvent.class)) {
      reader.begin(zombie.positions());
      reader.until(half);
      while (!reader.done()) {
        zombie.fold(reader.poll());
      }
      zombie.write(reader.positions());
    }
    assertThat(store.rebuilds().isEmpty(taken.version())).isFalse();
    runner(copies(), SMALL);
    assertThat(awaitEnd().state()).isEqualTo(RebuildState.DONE);
    assertThat(comparison().same()).as(comparison().toString()).isTrue();
    assertThat(served(copies())).isEqualTo(expected);
    var further = new TreeMap<TopicPartitionName, Position>();
    zombie.positions().forEach((p, at) -> further.put(p, new Position(at.sequence() + 1, 999)));
    assertThatThrownBy(() -> zombie.write(further)).isInstanceOf(PositionConflictException.class);
  }

  @Test
  void a_reader_that_never_stops_sees_one_version_or_the_other_and_never_goes_back()
      throws Exception {
    happen(1, 200);
    live(copies());
    awaitServed();
    runner(copies(), SMALL);
    var stop = new AtomicBoolean();
    var begun = new CountDownLatch(1);
    var reading =
        CompletableFuture.supplyAsync(
            () -> {
              int answers = 0;
              long before = 0;
              while (!stop.get()) {
                long position =
                    store.reader().positions(copies()).values().stream()
                        .mapToLong(Position::sequence)
                        .sum();
                assertThat(position).isGreaterThanOrEqualTo(before);
                before = position;
                assertThat(served(copies())).as("answer %d", answers).isEqualTo(expected);
                answers++;
                begun.countDown();
              }
              return answers;
            });
    begun.await();
    store.rebuilds().request(copies(), RebuildKind.REBUILD);
    awaitEnd();
    store.rebuilds().request(copies(), RebuildKind.ROLLBACK);
    awaitEnd();
    stop.set(true);
    assertThat(reading.get()).isPositive();
    assertThat(store.isLive(new ViewVersion(copies(), 1))).isTrue();
  }

  @Test
  void two_projectors_divide_the_rebuilds() {
    happen(1, 100);
    live(copies());
    live(view("totals"));
    awaitServed();
    var operator = new RebuildSettings(2, 1000, 1000, false, WhenToSwitch.OPERATOR);
    var both = List.of(copies(), view("totals"));
    both.forEach(view -> store.rebuilds().request(view, RebuildKind.REBUILD));
    runner(both, operator);
    runner(both, operator);
    await()
        .untilAsserted(
            () ->
                assertThat(both)
                    .allSatisfy(
                        view ->
                            assertThat(store.rebuilds().last(view).orElseThrow().state())
                                .isEqualTo(RebuildState.READY)));
    assertThat(both)
        .extracting(view -> store.rebuilds().last(view).orElseThrow().owner())
        .doesNotHaveDuplicates();
  }
}
