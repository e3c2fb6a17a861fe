package dev.foldstream.viewstore.elasticsearch;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.SECOND;
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
import dev.foldstream.viewstore.Shelf.ShelfEvent.Lost;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewOperationsConformance;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ElasticsearchViewStoreTest extends ViewOperationsConformance {

  private static final URI ADDRESS = URI.create(DevServices.shared().elasticsearch().url());
  private static final ElasticsearchViewStore STORE = ElasticsearchViewStore.open(ADDRESS);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Override
  protected ViewStore store() {
    return STORE;
  }

  @Test
  void s08_rows_that_are_ahead_of_the_position_after_a_crash_take_no_event_twice() {
    var version = STORE.prepare(view);
    var owned = Objects.requireNonNull(STORE.claim(version, Set.of(FIRST), "test").get(FIRST));
    var events =
        Shelf.events(
            FIRST,
            1,
            new Bought("kept", 1),
            new Bought("lost", 1),
            new Bought("kept", 2),
            new Lost("lost"),
            new Bought("again", 1),
            new Lost("again"),
            new Bought("again", 4));
    try (var http = new ElasticsearchHttp(ADDRESS)) {
      var half = batch(version, FIRST, owned, events);
      ElasticsearchView.of(view, http).rows().write(version, half.changes());
    }
    assertThat(row(version, "kept")).isEqualTo(book("kept").withCopies(3));
    for (int one = 1; one <= events.size(); one++) {
      var now = Objects.requireNonNull(STORE.positions(version).get(FIRST));
      fold(version, FIRST, now, events.subList(one - 1, one));
    }
    assertThat(row(version, "kept")).isEqualTo(book("kept").withCopies(3));
    assertThat(row(version, "lost")).isNull();
    assertThat(row(version, "again")).isEqualTo(book("again").withCopies(4));
    assertThat(Objects.requireNonNull(STORE.load(version, List.of("kept")).get("kept")).revision())
        .isEqualTo(2);
    var next = Objects.requireNonNull(STORE.positions(version).get(FIRST));
    fold(version, FIRST, next, Shelf.events(FIRST, 8, new Bought("lost", 9)));
    assertThat(row(version, "lost")).isEqualTo(book("lost").withCopies(9));
  }

  @Test
  void s08_the_watermark_of_one_partition_says_nothing_of_another() {
    var version = STORE.prepare(view);
    var both = STORE.claim(version, Set.of(FIRST, SECOND), "test");
    fold(
        version,
        FIRST,
        Objects.requireNonNull(both.get(FIRST)),
        Shelf.events(FIRST, 1, new Bought("b-1", 1), new Bought("b-1", 1), new Bought("b-1", 1)));
    fold(
        version,
        SECOND,
        Objects.requireNonNull(both.get(SECOND)),
        Shelf.events(SECOND, 1, new Bought("b-1", 10)));
    assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(13));
  }

  @Test
  void s09_what_was_committed_survives_a_crash_of_the_store() {
    var version = STORE.prepare(view);
    var owned = Objects.requireNonNull(STORE.claim(version, Set.of(FIRST), "test").get(FIRST));
    fold(version, FIRST, owned, Shelf.events(FIRST, 1, new Bought("b-1", 2)));
    var elasticsearch = DevServices.shared().elasticsearch();
    elasticsearch.kill();
    assertThatThrownBy(() -> STORE.positions(version))
        .as("sentence 11")
        .isInstanceOf(ViewStoreUnavailableException.class);
    elasticsearch.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class)
        .untilAsserted(() -> assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(2)));
  }

  @Test
  void s10_a_row_it_cannot_hold_is_refused_by_name_and_nothing_moves() {
    var version = STORE.prepare(view);
    var owned = Objects.requireNonNull(STORE.claim(version, Set.of(FIRST), "test").get(FIRST));
    var tooOld = book("old").at(Instant.parse("1066-10-14T09:00:00Z"));
    var changes =
        List.of(
            new RowChange("good", StoredRow.NONE, 1, book("good"), Map.of(FIRST, 1L)),
            new RowChange("bad", StoredRow.NONE, 1, tooOld, Map.of(FIRST, 2L)));
    var move = new PositionMove(FIRST, Position.START, new Position(2, 2), owned.epoch());
    assertThatThrownBy(() -> STORE.commit(new ViewBatch(version, changes, List.of(move))))
        .isInstanceOf(RowRefusedException.class)
        .hasMessageContaining("'bad'")
        .hasMessageContaining("boughtAt");
    assertThat(Objects.requireNonNull(STORE.positions(version).get(FIRST)).position())
        .isEqualTo(Position.START);
  }

  @Test
  void rows_that_are_turned_away_are_sent_again_up_to_a_bound() throws Exception {
    try (var crowded = new TurningAway(ADDRESS);
        var store = ElasticsearchViewStore.open(crowded.address())) {
      var version = store.prepare(view);
      var owned = Objects.requireNonNull(store.claim(version, Set.of(FIRST), "test").get(FIRST));
      var events =
          Shelf.events(FIRST, 1, new Bought("b-1", 1), new Bought("b-2", 2), new Bought("b-3", 3));
      var batch = batch(version, FIRST, owned, events);
      crowded.bulks(2);
      crowded.rows(3);
      store.commit(batch);
      assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(1));
      assertThat(row(version, "b-3")).isEqualTo(book("b-3").withCopies(3));
      var next = Objects.requireNonNull(store.positions(version).get(FIRST));
      var more = batch(version, FIRST, next, Shelf.events(FIRST, 4, new Bought("b-1", 10)));
      crowded.bulks(BulkWriter.MAX_SENT_AGAIN + 1);
      assertThatThrownBy(() -> store.commit(more))
          .isInstanceOf(ViewStoreUnavailableException.class)
          .hasMessageContaining("429");
      store.commit(more);
      assertThat(row(version, "b-1")).isEqualTo(book("b-1").withCopies(11));
    }
  }
}
