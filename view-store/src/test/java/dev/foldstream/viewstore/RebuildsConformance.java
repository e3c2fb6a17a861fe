package dev.foldstream.viewstore;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.SECOND;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.Shelf.ShelfEvent;
import dev.foldstream.viewstore.Shelf.ShelfEvent.Bought;
import dev.foldstream.viewstore.Shelf.ShelfEvent.Lost;
import dev.foldstream.viewstore.fold.BatchFold;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Comparison.Difference;
import dev.foldstream.viewstore.rebuild.Comparison.What;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildLostException;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import dev.foldstream.viewstore.rebuild.VersionState;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Every store that can rebuild keeps the numbered sentences of {@link ViewRebuilds}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class RebuildsConformance {

  protected static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration OVER = Duration.ofSeconds(-1);
  private static final int AT_ONCE = 16;
  private static final Set<TopicPartitionName> BOTH = Set.of(FIRST, SECOND);
  private static final Progress PROGRESS = new Progress(1, 2, 3, Instant.ofEpochSecond(4));

  protected ViewDefinition view = Shelf.view("unset");
  protected ViewVersion live = new ViewVersion(view, 1);
  private final List<RecordedEvent<Object>> log = new ArrayList<>();

  /** The store under test; the same one for all tests of a class. */
  protected abstract ViewStore store();

  protected abstract ViewReader reader();

  /** What there is of a version: its table or index, and its positions. */
  protected abstract List<String> traces(ViewVersion version) throws Exception;

  protected ViewRebuilds rebuilds() {
    return ((RebuildableStore) store()).rebuilds();
  }

  @BeforeEach
  void a_live_view_of_its_own(TestInfo test) {
    view = Shelf.view("r" + Integer.toHexString(test.getDisplayName().hashCode()));
    live = store().prepare(view);
  }

  /** Stores an event that no version has seen. */
  protected void record(TopicPartitionName partition, ShelfEvent event) {
    log.addAll(Shelf.events(partition, end(partition).sequence() + 1, event));
  }

  private Position end(TopicPartitionName partition) {
    long events = log.stream().filter(e -> e.place().partition() == partition.partition()).count();
    return new Position(events, events * 2 + 1);
  }

  protected Map<TopicPartitionName, Position> ends() {
    return Map.of(FIRST, end(FIRST), SECOND, end(SECOND));
  }

  /** What the events up to these positions make of the version, under a new claim. */
  protected ViewBatch batch(ViewVersion version, Map<TopicPartitionName, Position> to) {
    var claimed = store().claim(version, BOTH, "test");
    var events = new ArrayList<RecordedEvent<Object>>();
    var moves = new ArrayList<PositionMove>();
    claimed.forEach(
        (partition, owned) -> {
          Position next = Objects.requireNonNull(to.get(partition));
          log.stream()
              .filter(e -> e.place().partition() == partition.partition())
              .filter(e -> e.place().sequence() > owned.position().sequence())
              .filter(e -> e.place().sequence() <= next.sequence())
              .forEach(events::add);
          moves.add(new PositionMove(partition, owned.position(), next, owned.epoch()));
        });
    var fold = BatchFold.of(view);
    return new ViewBatch(
        version, fold.fold(events, store().load(version, fold.keys(events))), moves);
  }

  protected void happen(TopicPartitionName partition, ShelfEvent event) {
    record(partition, event);
    store().commit(batch(live, ends()));
  }

  /** Brings a version that is built to these positions. */
  protected void bring(ViewVersion version, Map<TopicPartitionName, Position> to) {
    rebuilds().write(batch(version, to));
  }

  protected Rebuild taken(RebuildKind kind) {
    rebuilds().request(view, kind);
    return rebuilds().take(view, "test", LEASE, AT_ONCE).orElseThrow();
  }

  private void makeLive(Rebuild rebuild) {
    rebuilds().makeLive(rebuild, positions -> bring(rebuild.version(), positions));
    live = rebuild.version();
  }

  private long copies(String key) {
    return ((Shelf.Book) reader().row(view, key).orElseThrow().row()).copies();
  }

  @Test
  void s01_a_view_has_one_rebuild_at_a_time_and_the_last_one_is_kept() {
    assertThat(rebuilds().last(view)).isEmpty();
    rebuilds().request(view, RebuildKind.VERIFY);
    assertThatThrownBy(() -> rebuilds().request(view, RebuildKind.REBUILD))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("one rebuild at a time");
    assertThatThrownBy(() -> rebuilds().ask(view, Asked.SWITCH))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("ready was wanted");
    rebuilds().ask(view, Asked.CANCEL);
    Rebuild mine = rebuilds().take(view, "test", LEASE, AT_ONCE).orElseThrow();
    assertThat(rebuilds().keep(mine, RebuildState.LOADING, "why", PROGRESS))
        .isEqualTo(Asked.CANCEL);
    Rebuild last = rebuilds().last(view).orElseThrow();
    assertThat(last.progress()).isEqualTo(PROGRESS);
    assertThat(last.reason()).isEqualTo("why");
    assertThat(last.owner()).isEqualTo("test");
    rebuilds().end(mine, RebuildState.CANCELLED, null);
    assertThat(rebuilds().last(view).orElseThrow().state()).isEqualTo(RebuildState.CANCELLED);
    assertThatThrownBy(() -> rebuilds().ask(view, Asked.CANCEL))
        .isInstanceOf(RebuildRefusedException.class);
  }

  @Test
  void s02_an_owner_without_a_sign_is_replaced_and_one_at_a_time_means_one() {
    ViewDefinition second = Shelf.view("second-" + view.name());
    store().prepare(second);
    rebuilds().request(view, RebuildKind.REBUILD);
    rebuilds().request(second, RebuildKind.REBUILD);
    Rebuild mine = rebuilds().take(view, "a", LEASE, AT_ONCE).orElseThrow();
    assertThat(rebuilds().take(view, "b", LEASE, AT_ONCE)).isEmpty();
    assertThat(rebuilds().take(second, "b", LEASE, 1)).as("one goes on").isEmpty();
    Rebuild theirs = rebuilds().take(view, "b", OVER, AT_ONCE).orElseThrow();
    assertThat(theirs.epoch()).isGreaterThan(mine.epoch());
    assertThatThrownBy(() -> rebuilds().keep(mine, RebuildState.LOADING, null, PROGRESS))
        .isInstanceOf(RebuildLostException.class);
    assertThatThrownBy(() -> rebuilds().end(mine, RebuildState.CANCELLED, null))
        .isInstanceOf(RebuildLostException.class);
    rebuilds().keep(theirs, RebuildState.LOADING, null, PROGRESS);
    rebuilds().release(theirs);
    assertThat(rebuilds().take(view, "c", LEASE, AT_ONCE)).isPresent();
  }

  @Test
  void s03_whoever_wrote_before_the_claim_writes_nothing_and_the_next_goes_on_from_there() {
    happen(FIRST, new Bought("b-1", 1));
    happen(SECOND, new Bought("b-1", 10));
    happen(FIRST, new Bought("b-2", 5));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    assertThat(rebuilds().isEmpty(rebuild.version())).isTrue();
    bring(rebuild.version(), Map.of(FIRST, new Position(1, 3), SECOND, Position.START));
    assertThat(rebuilds().isEmpty(rebuild.version())).isFalse();
    ViewBatch zombie = batch(rebuild.version(), ends());
    bring(rebuild.version(), Map.of(FIRST, new Position(1, 3), SECOND, new Position(1, 3)));
    assertThatThrownBy(() -> rebuilds().write(zombie))
        .isInstanceOfAny(PositionConflictException.class, RowConflictException.class);
    Comparison found =
        rebuilds().compare(rebuild, positions -> bring(rebuild.version(), positions));
    assertThat(found.same()).as(found.toString()).isTrue();
  }

  @Test
  void s04_both_versions_are_compared_after_the_same_events_while_the_live_one_goes_on() {
    happen(FIRST, new Bought("b-1", 1));
    happen(SECOND, new Bought("b-2", 2));
    happen(FIRST, new Lost("b-1"));
    happen(SECOND, new Bought("b-3", 3));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    Comparison same =
        rebuilds()
            .compare(
                rebuild,
                positions -> {
                  happen(SECOND, new Bought("b-2", 20));
                  happen(FIRST, new Bought("b-4", 4));
                  bring(rebuild.version(), positions);
                });
    assertThat(same.same()).as(same.toString()).isTrue();
    assertThat(same.at()).extracting(Comparison.Reached::sequence).containsExactly(2L, 2L);
    assertThat(same.liveRows()).isEqualTo(2);
    assertThat(same.builtRows()).isEqualTo(2);
    assertThat(same.columns()).hasSize(15);
    assertThat(rebuilds().last(view).orElseThrow().comparison()).isEqualTo(same);
  }

  /** Changes rows of the live version behind the back of its events. */
  private void drift(RowChange... rows) {
    var owned = Objects.requireNonNull(store().claim(live, Set.of(FIRST), "drift").get(FIRST));
    var stays = new PositionMove(FIRST, owned.position(), owned.position(), owned.epoch());
    store().commit(new ViewBatch(live, List.of(rows), List.of(stays)));
  }

  @Test
  void s04_keys_that_differ_are_listed() {
    for (String key : List.of("b-1", "b-2", "b-3", "é", "\uD83D\uDCD6", "\uFB01")) {
      happen(FIRST, new Bought(key, 1));
    }
    var before =
        Objects.requireNonNull(store().load(new ViewVersion(view, 1), List.of("b-1", "b-2")));
    StoredRow first = Objects.requireNonNull(before.get("b-1"));
    StoredRow second = Objects.requireNonNull(before.get("b-2"));
    drift(
        new RowChange("b-1", first, 9, book("other"), first.watermarks()),
        new RowChange("b-2", second, 9, null, second.watermarks()),
        new RowChange("never", StoredRow.NONE, 1, book("never"), Map.of()));
    Rebuild rebuild = taken(RebuildKind.VERIFY);
    Comparison found =
        rebuilds().compare(rebuild, positions -> bring(rebuild.version(), positions));
    assertThat(found.same()).isFalse();
    assertThat(found.differences())
        .containsExactlyInAnyOrder(
            new Difference("b-1", What.CHANGED),
            new Difference("b-2", What.ADDED),
            new Difference("never", What.MISSING));
    assertThat(found.liveRows()).isEqualTo(6);
    assertThat(found.builtRows()).isEqualTo(6);
  }

  @Test
  void s05_what_would_take_a_reader_back_is_not_made_live() {
    happen(FIRST, new Bought("b-1", 1));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    assertThatThrownBy(() -> rebuilds().makeLive(rebuild, positions -> {}))
        .isInstanceOf(ViewStoreUnavailableException.class)
        .hasMessageContaining("not switched");
    assertThat(store().isLive(new ViewVersion(view, 1))).isTrue();
    happen(FIRST, new Bought("b-1", 2));
    makeLive(rebuild);
    assertThat(store().prepare(view)).isEqualTo(rebuild.version());
    assertThat(copies("b-1")).isEqualTo(3);
  }

  @Test
  void s05_writers_of_the_version_that_was_live_find_their_claims_void() {
    happen(FIRST, new Bought("b-1", 1));
    record(SECOND, new Bought("b-1", 2));
    ViewBatch late = batch(live, ends());
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    rebuilds().finishLoad(rebuild.version());
    makeLive(rebuild);
    assertThatThrownBy(() -> store().commit(late)).isInstanceOf(PositionConflictException.class);
    assertThat(store().isLive(late.version())).isFalse();
    assertThat(copies("b-1")).isEqualTo(1);
    store().commit(batch(live, ends()));
    assertThat(copies("b-1")).isEqualTo(3);
    assertThat(reader().positions(view)).isEqualTo(ends());
    assertThat(reader().page(view, new ViewQuery(List.of(), List.of(), 10, null)).rows())
        .hasSize(1);
  }

  @Test
  void s06_the_version_before_is_kept_and_brought_up_to_date_by_a_rollback() throws Exception {
    happen(FIRST, new Bought("b-1", 1));
    assertThatThrownBy(() -> rebuilds().request(view, RebuildKind.ROLLBACK))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("the version that was live before");
    makeLive(taken(RebuildKind.REBUILD));
    assertThat(rebuilds().versions(view))
        .containsExactly(
            new KeptVersion(1, VersionState.RETIRED), new KeptVersion(2, VersionState.LIVE));
    happen(FIRST, new Bought("b-1", 2));
    makeLive(taken(RebuildKind.ROLLBACK));
    assertThat(store().prepare(view).number()).isEqualTo(1);
    assertThat(copies("b-1")).isEqualTo(3);
    makeLive(taken(RebuildKind.REBUILD));
    assertThat(rebuilds().versions(view))
        .containsExactly(
            new KeptVersion(1, VersionState.RETIRED), new KeptVersion(3, VersionState.LIVE));
    assertThat(traces(new ViewVersion(view, 2))).isEmpty();
    assertThat(traces(new ViewVersion(view, 1))).isNotEmpty();
  }

  @Test
  void s06_what_was_verified_or_cancelled_leaves_nothing_and_what_failed_goes_with_a_cancel()
      throws Exception {
    happen(FIRST, new Bought("b-1", 1));
    Rebuild verify = taken(RebuildKind.VERIFY);
    bring(verify.version(), ends());
    assertThat(rebuilds().versions(view)).contains(new KeptVersion(2, VersionState.BUILDING));
    rebuilds().end(verify, RebuildState.DONE, null);
    assertThat(traces(verify.version())).isEmpty();
    Rebuild failed = taken(RebuildKind.REBUILD);
    bring(failed.version(), ends());
    rebuilds().end(failed, RebuildState.FAILED, "poison");
    assertThat(traces(failed.version())).isNotEmpty();
    rebuilds().ask(view, Asked.CANCEL);
    assertThat(traces(failed.version())).isEmpty();
    assertThat(rebuilds().last(view).orElseThrow().state()).isEqualTo(RebuildState.CANCELLED);
  }

  @Test
  void s07_a_number_is_never_used_again() {
    happen(FIRST, new Bought("b-1", 1));
    makeLive(taken(RebuildKind.REBUILD));
    Rebuild verify = taken(RebuildKind.VERIFY);
    assertThat(verify.version().number()).isEqualTo(3);
    rebuilds().end(verify, RebuildState.DONE, null);
    makeLive(taken(RebuildKind.ROLLBACK));
    assertThat(rebuilds().request(view, RebuildKind.REBUILD).version().number()).isEqualTo(4);
  }
}
