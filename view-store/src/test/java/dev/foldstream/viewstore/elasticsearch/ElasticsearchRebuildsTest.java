package dev.foldstream.viewstore.elasticsearch;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.SECOND;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.viewstore.RebuildsConformance;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.Shelf.ShelfEvent.Bought;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ElasticsearchRebuildsTest extends RebuildsConformance {

  private static final URI ADDRESS = URI.create(DevServices.shared().elasticsearch().url());
  private static final ElasticsearchViewStore STORE = ElasticsearchViewStore.open(ADDRESS);
  private static final ElasticsearchHttp HTTP = new ElasticsearchHttp(ADDRESS);
  private static final ElasticsearchVersions VERSIONS = new ElasticsearchVersions(HTTP);
  private static final ElasticsearchPositions POSITIONS =
      new ElasticsearchPositions(HTTP, new ElasticsearchQuarantine(HTTP), VERSIONS);

  @AfterAll
  static void close() {
    HTTP.close();
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
  protected List<String> traces(ViewVersion version) {
    var traces = new ArrayList<String>();
    if (VERSIONS.exists(version)) {
      traces.add(StoreNames.index(version));
    }
    POSITIONS
        .read(version, version.view().start().keySet())
        .keySet()
        .forEach(partition -> traces.add(partition.toString()));
    return traces;
  }

  private void writeRowsAlone(ViewBatch batch) {
    ElasticsearchView.of(view, HTTP).rows().write(batch.version(), batch.changes());
  }

  @Test
  void s03_rows_that_are_ahead_of_their_positions_after_a_crash_take_no_event_twice() {
    happen(FIRST, new Bought("b-1", 1));
    happen(FIRST, new Bought("b-2", 1));
    happen(SECOND, new Bought("b-1", 10));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    writeRowsAlone(batch(rebuild.version(), ends()));
    Comparison found =
        rebuilds().compare(rebuild, positions -> bring(rebuild.version(), positions));
    assertThat(found.same()).as(found.toString()).isTrue();
  }

  @Test
  void s04_rows_of_a_batch_that_is_under_way_are_compared_when_their_positions_moved() {
    happen(FIRST, new Bought("b-1", 1));
    happen(SECOND, new Bought("b-2", 2));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    record(FIRST, new Bought("b-1", 10));
    record(SECOND, new Bought("b-3", 3));
    ViewBatch underWay = batch(live, ends());
    writeRowsAlone(underWay);
    var calls = new AtomicInteger();
    Comparison found =
        rebuilds()
            .compare(
                rebuild,
                positions -> {
                  if (calls.incrementAndGet() == 2) {
                    STORE.commit(batch(live, ends()));
                  }
                  bring(rebuild.version(), positions);
                });
    assertThat(found.same()).as(found.toString()).isTrue();
    assertThat(found.liveRows()).isEqualTo(3);
    assertThat(calls.get()).isGreaterThan(2);
  }

  @Test
  void s05_a_switch_that_comes_too_late_changes_nothing_and_the_live_version_goes_on() {
    happen(FIRST, new Bought("b-1", 1));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    String next = StoreNames.index(rebuild.version());
    var holds = new Seal(StoreNames.alias(view) + ".switch-held", Instant.now().plusSeconds(60));
    POSITIONS.seal(live, holds);
    assertThatThrownBy(() -> STORE.claim(live, Set.of(FIRST), "test"))
        .isInstanceOf(ViewStoreUnavailableException.class)
        .hasMessageContaining("another version becomes live");
    var over = new Seal(StoreNames.alias(view) + ".switch-killed", Instant.now().minusSeconds(1));
    var add = RowJson.object().putArray("actions");
    ElasticsearchVersions.alias(add, "add", next, over.token());
    VERSIONS.aliases("begin", add);
    POSITIONS.seal(live, over);
    happen(FIRST, new Bought("b-1", 2));
    var late = RowJson.object().putArray("actions");
    ElasticsearchVersions.alias(late, "remove", next, over.token()).put("must_exist", true);
    ElasticsearchVersions.alias(late, "add", next, StoreNames.alias(view));
    assertThatThrownBy(() -> VERSIONS.aliases("switch", late))
        .isInstanceOf(ViewStoreUnavailableException.class);
    assertThat(STORE.isLive(live)).isTrue();
  }

  @Test
  void s05_a_switch_whose_end_was_not_written_down_is_finished_by_the_next_owner() {
    happen(FIRST, new Bought("b-1", 1));
    Rebuild rebuild = taken(RebuildKind.REBUILD);
    assertThatThrownBy(
            () ->
                rebuilds()
                    .makeLive(
                        rebuild,
                        positions -> {
                          bring(rebuild.version(), positions);
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");
    var actions = RowJson.object().putArray("actions");
    String alias = StoreNames.alias(view);
    ElasticsearchVersions.alias(
        actions, "remove", StoreNames.index(new ViewVersion(view, 1)), alias);
    ElasticsearchVersions.alias(actions, "add", StoreNames.index(rebuild.version()), alias);
    VERSIONS.aliases("the alias alone", actions);
    rebuilds().release(rebuild);
    assertThat(rebuilds().take(view, "next", LEASE, 16)).isEmpty();
    assertThat(rebuilds().last(view).orElseThrow().state()).isEqualTo(RebuildState.DONE);
    assertThat(rebuilds().request(view, RebuildKind.ROLLBACK).version().number()).isEqualTo(1);
  }

  @Test
  void s06_a_write_that_comes_after_the_drop_makes_no_index() {
    Rebuild rebuild = taken(RebuildKind.VERIFY);
    var row = new RowChange("b-1", StoredRow.NONE, 1, book("b-1"), Map.of(FIRST, 1L));
    var late = new ViewBatch(rebuild.version(), List.of(row), List.of());
    rebuilds().end(rebuild, RebuildState.CANCELLED, null);
    assertThatThrownBy(() -> writeRowsAlone(late))
        .isInstanceOf(ViewStoreUnavailableException.class);
    assertThatThrownBy(() -> STORE.claim(rebuild.version(), Set.of(FIRST), "late"))
        .isInstanceOf(ViewStoreUnavailableException.class)
        .hasMessageContaining("dropped");
    assertThat(traces(rebuild.version())).isEmpty();
  }
}
