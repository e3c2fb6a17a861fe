package dev.foldstream.viewstore.postgres;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.kernel.Position;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.Shelf;
import dev.foldstream.viewstore.Shelf.ShelfEvent.Bought;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewOperationsConformance;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresViewStoreTest extends ViewOperationsConformance {

  private static final PostgresViewStore STORE = Databases.open("view_store");

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Override
  protected ViewStore store() {
    return STORE;
  }

  @Test
  void s09_what_was_committed_survives_a_crash_of_the_store() {
    var version = STORE.prepare(view);
    var owned = Objects.requireNonNull(STORE.claim(version, Set.of(FIRST), "test").get(FIRST));
    fold(version, FIRST, owned, Shelf.events(FIRST, 1, new Bought("b-1", 2)));
    var postgres = DevServices.shared().postgres();
    postgres.stopImmediately();
    assertThatThrownBy(() -> STORE.positions(version))
        .as("sentence 11")
        .isInstanceOf(ViewStoreUnavailableException.class);
    postgres.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class)
        .untilAsserted(() -> assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(2)));
  }

  @Test
  void s10_a_row_it_cannot_hold_is_refused_and_nothing_moves() {
    var version = STORE.prepare(view);
    var owned = Objects.requireNonNull(STORE.claim(version, Set.of(FIRST), "test").get(FIRST));
    var changes =
        List.of(
            new RowChange("good", StoredRow.NONE, 1, book("good"), Map.of()),
            new RowChange("bad", StoredRow.NONE, 1, book("no \u0000 here"), Map.of()));
    var move = new PositionMove(FIRST, Position.START, new Position(2, 2), owned.epoch());
    assertThatThrownBy(() -> STORE.commit(new ViewBatch(version, changes, List.of(move))))
        .isInstanceOf(RowRefusedException.class);
    assertThat(STORE.load(version, List.of("good", "bad"))).isEmpty();
    assertThat(Objects.requireNonNull(STORE.positions(version).get(FIRST)).position())
        .isEqualTo(Position.START);
  }

  @Test
  void commits_of_any_size_use_one_statement() {
    var table = new PostgresTable(STORE.prepare(view));
    assertThat(table.merge()).isEqualTo(new PostgresTable(STORE.prepare(view)).merge());
    assertThat(table.merge()).contains("unnest").doesNotContain("values (?");
  }
}
