package dev.foldstream.viewstore;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.SECOND;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.Shelf.Book;
import dev.foldstream.viewstore.Shelf.ShelfEvent.Bought;
import dev.foldstream.viewstore.Shelf.ShelfEvent.Lost;
import dev.foldstream.viewstore.fold.BatchFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Every store keeps the numbered sentences of {@link ViewStore}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ViewStoreConformance {

  private static final Set<TopicPartitionName> BOTH = Set.of(FIRST, SECOND);

  protected ViewDefinition view = Shelf.view("unset");

  /** The store under test; the same one for all tests of a class. */
  protected abstract ViewStore store();

  @BeforeEach
  void a_view_of_its_own(TestInfo test) {
    view = Shelf.view("v" + Integer.toHexString(test.getDisplayName().hashCode()));
  }

  /** Commits the fold of these events of one partition under this claim. */
  protected void fold(
      ViewVersion version,
      TopicPartitionName partition,
      OwnedPosition owned,
      List<RecordedEvent<Object>> events) {
    store().commit(batch(version, partition, owned, events));
  }

  protected ViewBatch batch(
      ViewVersion version,
      TopicPartitionName partition,
      OwnedPosition owned,
      List<RecordedEvent<Object>> events) {
    var fold = BatchFold.of(view);
    var changes = fold.fold(events, store().load(version, fold.keys(events)));
    long sequence = owned.position().sequence() + events.size();
    var move =
        new PositionMove(
            partition, owned.position(), new Position(sequence, sequence * 2 + 1), owned.epoch());
    return new ViewBatch(version, changes, List.of(move));
  }

  private OwnedPosition claim(ViewVersion version, TopicPartitionName partition) {
    return position(store().claim(version, Set.of(partition), "test"), partition);
  }

  private static OwnedPosition position(
      Map<TopicPartitionName, OwnedPosition> positions, TopicPartitionName partition) {
    return java.util.Objects.requireNonNull(positions.get(partition));
  }

  protected @Nullable Record row(ViewVersion version, String key) {
    return store().load(version, List.of(key)).getOrDefault(key, StoredRow.NONE).row();
  }

  @Test
  void s01_preparing_makes_what_is_missing_and_changes_nothing_that_is_there() throws Exception {
    var all = new ArrayList<Callable<ViewVersion>>();
    for (int host = 0; host < 4; host++) {
      all.add(() -> store().prepare(view));
    }
    try (var hosts = Executors.newFixedThreadPool(4)) {
      for (Future<ViewVersion> prepared : hosts.invokeAll(all)) {
        assertThat(prepared.get()).isEqualTo(new ViewVersion(view, 1));
      }
    }
    ViewVersion version = store().prepare(view);
    fold(version, FIRST, claim(version, FIRST), Shelf.events(FIRST, 1, new Bought("b-1", 2)));
    assertThat(store().prepare(view)).isEqualTo(version);
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(2));
  }

  record Thinner(String title, long copies) {}

  @Test
  void s02_a_view_that_no_longer_fits_is_refused_and_says_what_changed() {
    store().prepare(view);
    var thinner =
        Shelf.definition(
            Feature.View.of(
                view.name(), Shelf.ShelfEvent.class, Thinner.class, new ThinnerProjection()));
    assertThatThrownBy(() -> store().prepare(thinner))
        .isInstanceOf(ViewShapeException.class)
        .hasMessageContaining("column copies was int, is long")
        .hasMessageContaining("column price (BigDecimal) is gone")
        .hasMessageContaining("Rebuild");
    assertThatThrownBy(() -> store().prepare(raised(view)))
        .isInstanceOf(ViewShapeException.class)
        .hasMessageContaining("projection version was 1, is 2");
    assertThat(store().prepare(view)).isEqualTo(new ViewVersion(view, 1));
  }

  private static ViewDefinition raised(ViewDefinition view) {
    return Shelf.definition(view.feature().version(2));
  }

  private static final class ThinnerProjection
      implements dev.foldstream.kernel.Projection<Shelf.ShelfEvent, Thinner> {
    @Override
    public Set<String> keys(RecordedEvent<? extends Shelf.ShelfEvent> event) {
      return Set.of();
    }

    @Override
    public @Nullable Thinner apply(
        String key, @Nullable Thinner row, RecordedEvent<? extends Shelf.ShelfEvent> event) {
      return row;
    }
  }

  @Test
  void s03_positions_name_every_partition() {
    ViewVersion version = store().prepare(view);
    assertThat(store().positions(version))
        .containsOnlyKeys(FIRST, SECOND)
        .containsValues(OwnedPosition.UNCLAIMED);
    claim(version, SECOND);
    assertThat(store().positions(version)).containsOnlyKeys(FIRST, SECOND);
    assertThat(position(store().positions(version), SECOND).epoch()).isEqualTo(1);
  }

  @Test
  void s04_a_claim_voids_the_epochs_before_it() {
    ViewVersion version = store().prepare(view);
    OwnedPosition zombie = claim(version, FIRST);
    OwnedPosition owner = claim(version, FIRST);
    assertThat(owner.epoch()).isGreaterThan(zombie.epoch());
    assertThatThrownBy(
            () -> fold(version, FIRST, zombie, Shelf.events(FIRST, 1, new Bought("b-1", 2))))
        .isInstanceOf(PositionConflictException.class);
    assertThat(store().load(version, List.of("b-1"))).isEmpty();
    fold(version, FIRST, owner, Shelf.events(FIRST, 1, new Bought("b-1", 3)));
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(3));
  }

  @Test
  void s05_loading_answers_what_the_last_commit_left() {
    ViewVersion version = store().prepare(view);
    OwnedPosition owned = claim(version, FIRST);
    fold(
        version,
        FIRST,
        owned,
        Shelf.events(FIRST, 1, new Bought("b-1", 2), new Bought("b-2", 1), new Bought("b-1", 5)));
    var loaded = store().load(version, List.of("b-1", "b-2", "b-3"));
    assertThat(loaded).containsOnlyKeys("b-1", "b-2");
    assertThat(loaded.get("b-1")).extracting(StoredRow::revision).isEqualTo(2L);
    assertThat(loaded.get("b-1")).extracting(StoredRow::row).isEqualTo(book("b-1").withCopies(7));
    OwnedPosition next = position(store().positions(version), FIRST);
    assertThat(next.position()).isEqualTo(new Position(3, 7));
    fold(version, FIRST, next, Shelf.events(FIRST, 4, new Lost("b-1"), new Bought("b-2", 1)));
    assertThat(row(version, "b-1")).isNull();
    assertThat(row(version, "b-2")).isEqualTo(book("b-2").withCopies(2));
  }

  @Test
  void s06_a_position_moves_only_from_the_value_that_is_expected() {
    ViewVersion version = store().prepare(view);
    OwnedPosition owned = claim(version, FIRST);
    fold(version, FIRST, owned, Shelf.events(FIRST, 1, new Bought("b-1", 2)));
    assertThatThrownBy(
            () -> fold(version, FIRST, owned, Shelf.events(FIRST, 2, new Bought("b-1", 2))))
        .isInstanceOf(PositionConflictException.class);
    assertThat(position(store().positions(version), FIRST).position())
        .isEqualTo(new Position(1, 3));
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(2));
  }

  @Test
  void s06_one_position_that_cannot_move_holds_all_of_the_batch() {
    ViewVersion version = store().prepare(view);
    var claimed = store().claim(version, BOTH, "test");
    OwnedPosition first = position(claimed, FIRST);
    claim(version, SECOND);
    var moves =
        List.of(
            new PositionMove(FIRST, Position.START, new Position(1, 1), first.epoch()),
            new PositionMove(SECOND, Position.START, new Position(1, 1), 1));
    assertThatThrownBy(() -> store().commit(new ViewBatch(version, List.of(), moves)))
        .isInstanceOf(PositionConflictException.class);
    assertThat(position(store().positions(version), FIRST).position()).isEqualTo(Position.START);
  }

  @Test
  void s07_a_row_that_changed_since_it_was_loaded_is_not_overwritten() {
    ViewVersion version = store().prepare(view);
    OwnedPosition first = claim(version, FIRST);
    OwnedPosition second = claim(version, SECOND);
    var made = batch(version, SECOND, second, Shelf.events(SECOND, 1, new Bought("b-1", 100)));
    fold(version, FIRST, first, Shelf.events(FIRST, 1, new Bought("b-1", 1)));
    assertThatThrownBy(() -> store().commit(made)).isInstanceOf(RowConflictException.class);
    assertThat(position(store().positions(version), SECOND).position()).isEqualTo(Position.START);

    var changed = batch(version, SECOND, second, Shelf.events(SECOND, 1, new Bought("b-1", 100)));
    OwnedPosition next = position(store().positions(version), FIRST);
    fold(version, FIRST, next, Shelf.events(FIRST, 2, new Bought("b-1", 1)));
    assertThatThrownBy(() -> store().commit(changed)).isInstanceOf(RowConflictException.class);

    fold(version, SECOND, second, Shelf.events(SECOND, 1, new Bought("b-1", 100)));
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(102));
  }

  @Test
  void s07_a_row_that_was_removed_since_it_was_loaded_is_not_brought_back() {
    ViewVersion version = store().prepare(view);
    OwnedPosition first = claim(version, FIRST);
    OwnedPosition second = claim(version, SECOND);
    fold(version, FIRST, first, Shelf.events(FIRST, 1, new Bought("b-1", 1)));
    var late = batch(version, SECOND, second, Shelf.events(SECOND, 1, new Bought("b-1", 100)));
    OwnedPosition next = position(store().positions(version), FIRST);
    fold(version, FIRST, next, Shelf.events(FIRST, 2, new Lost("b-1")));
    assertThatThrownBy(() -> store().commit(late)).isInstanceOf(RowConflictException.class);
    fold(version, SECOND, second, Shelf.events(SECOND, 1, new Bought("b-1", 100)));
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(100));
  }

  @Test
  void s08_a_commit_that_is_repeated_changes_nothing_twice() {
    ViewVersion version = store().prepare(view);
    OwnedPosition owned = claim(version, FIRST);
    var batch = batch(version, FIRST, owned, Shelf.events(FIRST, 1, new Bought("b-1", 2)));
    store().commit(batch);
    assertThatThrownBy(() -> store().commit(batch)).isInstanceOf(PositionConflictException.class);
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(2));
  }

  @Test
  void a_batch_without_rows_moves_its_position() {
    ViewVersion version = store().prepare(view);
    OwnedPosition owned = claim(version, FIRST);
    store()
        .commit(
            new ViewBatch(
                version,
                List.of(),
                List.of(
                    new PositionMove(FIRST, Position.START, new Position(9, 20), owned.epoch()))));
    assertThat(position(store().positions(version), FIRST).position())
        .isEqualTo(new Position(9, 20));
  }

  @Test
  void every_type_of_column_comes_back_as_it_was() {
    ViewVersion version = store().prepare(view);
    OwnedPosition owned = claim(version, FIRST);
    Book bare =
        new Book(
            "",
            null,
            Shelf.Kind.ATLAS,
            -1,
            Long.MIN_VALUE,
            new java.math.BigDecimal("-0.10"),
            null,
            -1e-9,
            false,
            java.time.Instant.parse("1999-12-31T23:59:59.999999Z"),
            null,
            new java.util.UUID(0, 0),
            List.of(),
            Map.of(),
            null);
    Book whole = book("ü 漢 \\ ' \" , {}");
    store()
        .commit(
            new ViewBatch(
                version,
                List.of(
                    new RowChange("whole", StoredRow.NONE, 1, whole, Map.of(FIRST, 1L)),
                    new RowChange("bare", StoredRow.NONE, 1, bare, Map.of(FIRST, 2L))),
                List.of(
                    new PositionMove(FIRST, Position.START, new Position(2, 2), owned.epoch()))));
    assertThat(row(version, "whole")).isEqualTo(whole);
    assertThat(row(version, "bare")).isEqualTo(bare);
  }

  @Test
  void lists_of_every_type_of_plain_value_come_back_as_they_were() {
    ViewVersion version = store().prepare(Lists.view("l" + view.name()));
    OwnedPosition owned = claim(version, FIRST);
    store()
        .commit(
            new ViewBatch(
                version,
                List.of(
                    new RowChange("full", StoredRow.NONE, 1, Lists.FULL, Map.of(FIRST, 1L)),
                    new RowChange("empty", StoredRow.NONE, 1, Lists.EMPTY, Map.of(FIRST, 2L))),
                List.of(
                    new PositionMove(FIRST, Position.START, new Position(2, 2), owned.epoch()))));
    assertThat(row(version, "full")).isEqualTo(Lists.FULL);
    assertThat(row(version, "empty")).isEqualTo(Lists.EMPTY);
  }
}
