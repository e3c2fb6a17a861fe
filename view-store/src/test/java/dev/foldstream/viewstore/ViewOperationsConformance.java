package dev.foldstream.viewstore;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.NOON;
import static dev.foldstream.viewstore.Shelf.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.QuarantineEntry.Kind;
import dev.foldstream.viewstore.QuarantineRequest.Action;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every store keeps the numbered sentences of {@link ViewOperations}. */
public abstract class ViewOperationsConformance extends ViewStoreConformance {

  private static final QuarantineRequest RETRY =
      new QuarantineRequest(Action.RETRY, "ann", "", NOON);

  private static QuarantineEntry entry(
      TopicPartitionName partition, long sequence, Hold hold, Kind kind) {
    return new QuarantineEntry(
        partition,
        sequence,
        sequence * 2,
        "s-1",
        hold,
        kind,
        "fold-failed",
        "too \\ many",
        1,
        NOON,
        null);
  }

  private void commit(
      ViewVersion version,
      OwnedPosition owned,
      Position from,
      Position to,
      LedgerCounts counts,
      QuarantineChange change) {
    var move = new PositionMove(FIRST, from, to, owned.epoch(), counts);
    store().commit(new ViewBatch(version, List.of(), List.of(move), change));
  }

  private PartitionLedger ledger(ViewVersion version) {
    return Objects.requireNonNull(store().operations().ledger(version).get(FIRST));
  }

  @Test
  void o1_counts_and_entries_change_with_the_position_or_not_at_all() {
    var version = store().prepare(view);
    assertThat(store().operations().ledger(version))
        .containsOnlyKeys(FIRST, SECOND)
        .containsValues(PartitionLedger.START);
    var zombie = Objects.requireNonNull(store().claim(version, Set.of(FIRST), "zombie").get(FIRST));
    var owned = Objects.requireNonNull(store().claim(version, Set.of(FIRST), "owner").get(FIRST));
    var poison = entry(FIRST, 3, Hold.row("key with \u0000 and \\0"), Kind.POISON);
    var held = entry(FIRST, 4, poison.hold(), Kind.HELD);
    var aside = new QuarantineChange(List.of(poison, held), List.of());
    var counts = new LedgerCounts(1, 1, 2, 0);
    var there = new Position(4, 9);
    assertThatThrownBy(() -> commit(version, zombie, Position.START, there, counts, aside))
        .isInstanceOf(PositionConflictException.class);
    assertThat(store().operations().open(version, FIRST)).isEmpty();
    commit(version, owned, Position.START, there, counts, aside);
    assertThat(ledger(version)).isEqualTo(new PartitionLedger(4, counts));
    assertThat(ledger(version).complete()).isTrue();
    assertThat(store().operations().open(version, FIRST)).containsExactly(poison, held);
    assertThat(store().operations().open(version, SECOND)).isEmpty();

    var discarded =
        poison.asked(new QuarantineRequest(Action.DISCARD, "ann", "a test", NOON)).discarded();
    var settled = new QuarantineChange(List.of(discarded), List.of(held.id()));
    assertThatThrownBy(
            () -> commit(version, zombie, there, there, new LedgerCounts(1, 0, -2, 1), settled))
        .isInstanceOf(PositionConflictException.class);
    assertThat(store().operations().open(version, FIRST)).containsExactly(poison, held);
    commit(version, owned, there, there, new LedgerCounts(1, 0, -2, 1), settled);
    assertThat(store().operations().open(version, FIRST)).isEmpty();
    assertThat(store().operations().entry(version, held.id())).isEmpty();
    assertThat(store().operations().entry(version, poison.id())).contains(discarded);
    assertThat(ledger(version)).isEqualTo(new PartitionLedger(4, new LedgerCounts(2, 1, 0, 1)));
  }

  @Test
  void o2_pages_are_in_order_and_exact() {
    var version = store().prepare(view);
    var owned = Objects.requireNonNull(store().claim(version, Set.of(FIRST), "owner").get(FIRST));
    var entries =
        List.of(
            entry(FIRST, 2, Hold.aggregate("s-1"), Kind.POISON),
            entry(FIRST, 9, Hold.aggregate("s-1"), Kind.HELD),
            entry(FIRST, 10, Hold.aggregate("s-1"), Kind.HELD));
    commit(
        version,
        owned,
        Position.START,
        new Position(10, 20),
        new LedgerCounts(7, 0, 3, 0),
        new QuarantineChange(entries, List.of()));
    var first = store().operations().page(version, 2, null);
    assertThat(first).containsExactlyElementsOf(entries.subList(0, 2));
    var after = QuarantineEntry.Boundary.behind(first.getLast().id());
    assertThat(store().operations().page(version, 2, after)).containsExactly(entries.getLast());
  }

  @Test
  void o3_a_request_is_heard_by_an_open_entry_until_it_is_answered() {
    var version = store().prepare(view);
    var owned = Objects.requireNonNull(store().claim(version, Set.of(FIRST), "owner").get(FIRST));
    var poison = entry(FIRST, 1, Hold.row("b-1"), Kind.POISON);
    var there = new Position(1, 3);
    var operations = store().operations();
    commit(
        version,
        owned,
        Position.START,
        there,
        new LedgerCounts(0, 0, 1, 0),
        new QuarantineChange(List.of(poison), List.of()));
    assertThat(operations.request(version, "unknown-0-1-00", RETRY)).isFalse();
    assertThat(operations.request(version, poison.id(), RETRY)).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(operations.control(version).requests())
                    .containsExactly(poison.asked(RETRY)));
    var failed = poison.asked(RETRY).failed("fold-failed", "again");
    commit(
        version,
        owned,
        there,
        there,
        LedgerCounts.NONE,
        new QuarantineChange(List.of(failed), List.of()));
    assertThat(operations.entry(version, poison.id())).contains(failed);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(operations.control(version).requests()).isEmpty());
  }

  @Test
  void o4_a_pause_is_told_until_it_is_taken_back() {
    var version = store().prepare(view);
    var pause = new ViewPause("ann", NOON);
    store().operations().pause(view, pause);
    store().operations().pause(view, new ViewPause("bob", NOON));
    assertThat(store().operations().paused(view)).as("the first one counts").contains(pause);
    assertThat(store().operations().control(version).pause()).isEqualTo(pause);
    store().operations().resume(view);
    store().operations().resume(view);
    assertThat(store().operations().paused(view)).isEmpty();
    assertThat(store().operations().control(version).pause()).isNull();
  }
}
