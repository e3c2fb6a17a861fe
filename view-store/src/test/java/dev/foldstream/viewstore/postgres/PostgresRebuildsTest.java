package dev.foldstream.viewstore.postgres;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.viewstore.Lists;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RebuildsConformance;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.Shelf;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rows.StoreNames;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresRebuildsTest extends RebuildsConformance {

  private static final PostgresSettings SETTINGS = Databases.settings("rebuilds");
  private static final PostgresViewStore STORE = PostgresViewStore.open(SETTINGS);

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Override
  protected ViewStore store() {
    return STORE;
  }

  @Override
  protected ViewReader reader() {
    return STORE.reader();
  }

  @Override
  protected List<String> traces(ViewVersion version) throws Exception {
    var traces = new ArrayList<String>();
    try (var connection =
            DriverManager.getConnection(SETTINGS.url(), SETTINGS.user(), SETTINGS.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select relname from pg_class where relname like '%1$s%%'
                union all select topic from foldstream_positions where view = '%2$s' and version = %3$d
                union all select relation from foldstream_view_versions where view = '%2$s' and version = %3$d
                """
                    .formatted(
                        StoreNames.table(version).replace("_", "\\_"),
                        version.view().name(),
                        version.number()))) {
      while (rows.next()) {
        traces.add(rows.getString(1));
      }
    }
    return traces;
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

  private static Comparison compare(Rebuild rebuild) {
    return STORE.rebuilds().compare(rebuild, positions -> {});
  }

  @Test
  void rows_of_every_type_are_copied_as_the_live_path_writes_them() {
    ViewDefinition copied = Shelf.view("copied");
    STORE.commit(batch(STORE.prepare(copied), books()));
    Rebuild rebuild = taken(copied, RebuildKind.VERIFY);
    ViewVersion built = rebuild.version();
    STORE.rebuilds().write(batch(built, books()));
    Comparison same = compare(rebuild);
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
    assertThat(compare(rebuild).differences())
        .containsExactlyInAnyOrder(
            new Comparison.Difference("b-7", Comparison.What.CHANGED),
            new Comparison.Difference("more", Comparison.What.ADDED));
    assertThatThrownBy(
            () -> STORE.rebuilds().write(batch(built, List.of(fresh("x", book("\u0000"))))))
        .isInstanceOf(RowRefusedException.class);
  }

  @Test
  void lists_are_arrays_and_are_copied_as_the_live_path_writes_them() {
    ViewDefinition copied = Lists.view("copied-lists");
    List<RowChange> rows = List.of(fresh("full", Lists.FULL), fresh("empty", Lists.EMPTY));
    STORE.commit(batch(STORE.prepare(copied), rows));
    Rebuild rebuild = taken(copied, RebuildKind.VERIFY);
    ViewVersion built = rebuild.version();
    STORE.rebuilds().write(batch(built, rows));
    Comparison same = compare(rebuild);
    assertThat(same.same()).as(same.toString()).isTrue();
    assertThat(STORE.load(built, List.of("full", "empty")).values())
        .extracting(StoredRow::row)
        .containsExactlyInAnyOrder(Lists.FULL, Lists.EMPTY);
    String create = new PostgresTable(built).createTable();
    assertThat(create)
        .contains("\"texts\" text[] collate \"C\"", "\"prices\" numeric[]")
        .contains("\"times\" timestamptz[]", "\"tags\" uuid[]", "\"answers\" boolean[]");
  }
}
