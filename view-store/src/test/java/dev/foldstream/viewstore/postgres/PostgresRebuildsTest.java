package dev.foldstream.viewstore.postgres;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.viewstore.Lists;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.Shelf;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildLostException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresRebuildsTest {

  private static final PostgresViewStore STORE = Databases.open("rebuilds");
  private static final Duration LEASE = Duration.ofMinutes(1);

  @AfterAll
  static void close() {
    STORE.close();
  }

  private static RowChange fresh(String key, Record row) {
    return new RowChange(key, StoredRow.NONE, 1, row, Map.of());
  }

  private static ViewBatch batch(ViewVersion version, List<RowChange> rows) {
    var owned = Objects.requireNonNull(STORE.claim(version, Set.of(FIRST), "test").get(FIRST));
    long next = owned.position().sequence() + 1;
    var move = new PositionMove(FIRST, owned.position(), new Position(next, next), owned.epoch());
    return new ViewBatch(version, rows, List.of(move));
  }

  private static List<RowChange> books() {
    return Stream.concat(
            IntStream.range(0, 500)
                .mapToObj(i -> fresh("b-" + i, book("ü €" + i).withCopies(i - 250))),
            Stream.of(
                fresh("before", book("a").at(Instant.parse("1815-12-10T01:02:03.9999999Z"))),
                fresh("nulls", book("n").discounted(null)),
                fresh("whole", book("w").discounted("10000")),
                fresh("small", book("s").discounted("-0.000000001230")),
                fresh("large", book("l").discounted("123456789012345678901234567890.5")),
                fresh("scaled", book("c").discounted("1E+9"))))
        .toList();
  }

  private static Rebuild taken(ViewDefinition view, RebuildKind kind) {
    STORE.rebuilds().request(view, kind);
    return STORE.rebuilds().take(view, "test", LEASE, 16).orElseThrow();
  }

  private static Comparison compare(ViewDefinition view, ViewVersion built) {
    try (var snapshot = STORE.rebuilds().snapshotOfLive(view)) {
      return snapshot.compare(built);
    }
  }

  @Test
  void rows_of_every_type_are_copied_as_the_live_path_writes_them() {
    ViewDefinition view = Shelf.view("copied");
    STORE.commit(batch(STORE.prepare(view), books()));
    ViewVersion built = taken(view, RebuildKind.VERIFY).version();
    STORE.rebuilds().write(batch(built, books()));
    Comparison same = compare(view, built);
    assertThat(same.same()).as(same.toString()).isTrue();
    assertThat(same.builtRows()).isEqualTo(506);
    assertThat(same.columns()).hasSize(15);
    var loaded = STORE.load(built, List.of("b-7"));
    assertThat(Objects.requireNonNull(loaded.get("b-7")).row())
        .isEqualTo(book("ü €7").withCopies(-243));
    var known = Objects.requireNonNull(loaded.get("b-7"));
    STORE
        .rebuilds()
        .write(
            batch(
                built,
                List.of(
                    new RowChange("b-7", known, 2, book("other"), Map.of()),
                    fresh("more", book("m")))));
    assertThat(compare(view, built).differences())
        .containsExactlyInAnyOrder(
            new Comparison.Difference("b-7", Comparison.What.CHANGED),
            new Comparison.Difference("more", Comparison.What.ADDED));
    assertThatThrownBy(
            () -> STORE.rebuilds().write(batch(built, List.of(fresh("x", book("\u0000"))))))
        .isInstanceOf(RowRefusedException.class);
  }

  @Test
  void lists_are_arrays_and_are_copied_as_the_live_path_writes_them() {
    ViewDefinition view = Lists.view("copied-lists");
    List<RowChange> rows = List.of(fresh("full", Lists.FULL), fresh("empty", Lists.EMPTY));
    STORE.commit(batch(STORE.prepare(view), rows));
    ViewVersion built = taken(view, RebuildKind.VERIFY).version();
    STORE.rebuilds().write(batch(built, rows));
    Comparison same = compare(view, built);
    assertThat(same.same()).as(same.toString()).isTrue();
    assertThat(STORE.load(built, List.of("full", "empty")).values())
        .extracting(StoredRow::row)
        .containsExactlyInAnyOrder(Lists.FULL, Lists.EMPTY);
    String create = new PostgresTable(built).createTable();
    assertThat(create)
        .contains("\"texts\" text[] collate \"C\"", "\"prices\" numeric[]")
        .contains("\"times\" timestamptz[]", "\"tags\" uuid[]", "\"answers\" boolean[]");
  }

  @Test
  void what_would_take_a_reader_back_is_not_made_live() {
    ViewDefinition view = Shelf.view("behind");
    STORE.commit(batch(STORE.prepare(view), books()));
    Rebuild rebuild = taken(view, RebuildKind.REBUILD);
    assertThatThrownBy(() -> STORE.rebuilds().makeLive(rebuild, positions -> {}))
        .isInstanceOf(ViewStoreUnavailableException.class)
        .hasMessageContaining("not switched");
    assertThat(STORE.isLive(new ViewVersion(view, 1))).isTrue();
    STORE
        .rebuilds()
        .makeLive(rebuild, positions -> STORE.rebuilds().write(batch(rebuild.version(), books())));
    assertThat(STORE.prepare(view)).isEqualTo(rebuild.version());
    assertThat(STORE.reader().row(view, "b-1")).isPresent();
  }

  @Test
  void an_owner_without_a_sign_is_replaced_and_one_at_a_time_means_one() {
    ViewDefinition first = Shelf.view("first");
    ViewDefinition second = Shelf.view("second");
    STORE.prepare(first);
    STORE.prepare(second);
    STORE.rebuilds().request(first, RebuildKind.REBUILD);
    STORE.rebuilds().request(second, RebuildKind.REBUILD);
    int others = 16;
    Rebuild mine = STORE.rebuilds().take(first, "a", LEASE, others).orElseThrow();
    assertThat(STORE.rebuilds().take(first, "b", LEASE, others)).isEmpty();
    assertThat(STORE.rebuilds().take(second, "b", LEASE, 1)).as("one goes on").isEmpty();
    Rebuild theirs =
        STORE.rebuilds().take(first, "b", Duration.ZERO.minusSeconds(1), others).orElseThrow();
    assertThat(theirs.epoch()).isGreaterThan(mine.epoch());
    var progress = new Progress(1, 2, 3);
    assertThatThrownBy(() -> STORE.rebuilds().keep(mine, RebuildState.LOADING, null, progress))
        .isInstanceOf(RebuildLostException.class);
    assertThatThrownBy(() -> STORE.rebuilds().end(mine, RebuildState.CANCELLED, null))
        .isInstanceOf(RebuildLostException.class);
    STORE.rebuilds().keep(theirs, RebuildState.LOADING, null, progress);
    assertThat(STORE.rebuilds().last(first).orElseThrow().progress()).isEqualTo(progress);
    STORE.rebuilds().release(theirs);
    assertThat(STORE.rebuilds().take(first, "c", LEASE, others)).isPresent();
  }
}
