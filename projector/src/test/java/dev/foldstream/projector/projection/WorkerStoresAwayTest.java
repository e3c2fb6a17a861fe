package dev.foldstream.projector.projection;

import static dev.foldstream.projector.library.LibraryDomain.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.library.LibraryDomain.Totals;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkerStoresAwayTest extends WorkerParts {

  @Test
  void postgresql_that_crashes_and_comes_back_is_caught_up_with_by_itself() {
    ProjectionWorker worker = start("totals", ViewStoreKind.POSTGRESQL);
    log.commit(0, "b", new Bought(1));
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    DevServices.shared().postgres().stopImmediately();
    log.commit(0, "b", new Bought(1));
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.STALLED));
    log.commit(1, "b", new Bought(1));
    DevServices.shared().postgres().start();
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    assertThat(row("totals", ViewStoreKind.POSTGRESQL, ALL)).isEqualTo(new Totals(3, 3));
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.RUNNING));
  }

  @Test
  void elasticsearch_that_crashes_and_comes_back_is_caught_up_with_by_itself() {
    ProjectionWorker worker = start("totals", ViewStoreKind.ELASTICSEARCH);
    start("totals", ViewStoreKind.POSTGRESQL);
    log.commit(0, "b", new Bought(1));
    awaitCaughtUp("totals", ViewStoreKind.ELASTICSEARCH);
    DevServices.shared().elasticsearch().kill();
    log.commit(0, "b", new Bought(1));
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.STALLED));
    log.commit(1, "b", new Bought(1));
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    DevServices.shared().elasticsearch().start();
    awaitCaughtUp("totals", ViewStoreKind.ELASTICSEARCH);
    assertThat(row("totals", ViewStoreKind.ELASTICSEARCH, ALL)).isEqualTo(new Totals(3, 3));
  }

  @Test
  void an_index_that_is_read_only_stalls_its_view_alone_and_is_caught_up_with_by_itself()
      throws Exception {
    ProjectionWorker blocked = start("totals", ViewStoreKind.ELASTICSEARCH);
    start("copies", ViewStoreKind.ELASTICSEARCH);
    start("totals", ViewStoreKind.POSTGRESQL);
    log.commit(0, "b", new Bought(1));
    awaitCaughtUp("totals", ViewStoreKind.ELASTICSEARCH);
    Indices.readOnly("library-totals-v1", true);
    log.commit(0, "b", new Bought(2));
    await()
        .untilAsserted(
            () -> {
              assertThat(blocked.progress().state()).isEqualTo(WorkState.STALLED);
              assertThat(blocked.progress().reason()).contains("library-totals-v1", "block");
            });
    log.commit(1, "b", new Bought(3));
    awaitCaughtUp("copies", ViewStoreKind.ELASTICSEARCH);
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    assertThat(sequence("totals", ViewStoreKind.ELASTICSEARCH, 0)).isEqualTo(1);
    Indices.readOnly("library-totals-v1", false);
    awaitCaughtUp("totals", ViewStoreKind.ELASTICSEARCH);
    assertThat(row("totals", ViewStoreKind.ELASTICSEARCH, ALL)).isEqualTo(new Totals(6, 3));
  }

  @Test
  void a_store_that_is_away_at_the_start_is_waited_for() {
    DevServices.shared().postgres().stop();
    log.commit(0, "b", new Bought(1));
    ProjectionWorker worker = start("totals", ViewStoreKind.POSTGRESQL);
    await().untilAsserted(() -> assertThat(worker.progress().state()).isEqualTo(WorkState.STALLED));
    DevServices.shared().postgres().start();
    awaitCaughtUp("totals", ViewStoreKind.POSTGRESQL);
    assertThat(Map.of("row", Objects.requireNonNull(row("totals", ViewStoreKind.POSTGRESQL, ALL))))
        .containsValue(new Totals(1, 1));
  }
}
