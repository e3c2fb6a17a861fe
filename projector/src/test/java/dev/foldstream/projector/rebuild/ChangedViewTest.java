package dev.foldstream.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.projector.library.LibraryDomain;
import dev.foldstream.projector.library.LibraryDomain.Copies;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Lost;
import dev.foldstream.projector.projection.LibraryLog;
import dev.foldstream.projector.rebuild.RebuildSettings.WhenToSwitch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.rebuild.Comparison.Difference;
import dev.foldstream.viewstore.rebuild.Comparison.What;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.VersionState;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangedViewTest extends RebuildParts {

  @Test
  void drift_is_found_by_key_without_a_switch_and_a_verification_leaves_nothing() throws Exception {
    happen(1, 300);
    live(copies());
    awaitServed();
    runner(copies(), SMALL);
    store.rebuilds().request(copies(), RebuildKind.VERIFY);
    assertThat(awaitEnd().state()).isEqualTo(RebuildState.DONE);
    assertThat(comparison().same()).isTrue();
    assertThat(comparison().builtRows()).isEqualTo(expected.size());
    assertThat(traces(2)).isEmpty();
    var server = DevServices.shared().postgres();
    var keys = List.copyOf(expected.keySet());
    try (var connection =
            DriverManager.getConnection(store.url(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "update library_copies__v1 set copies = copies + 1 where row_key = '"
              + keys.get(0)
              + "'");
      statement.execute("delete from library_copies__v1 where row_key = '" + keys.get(1) + "'");
      statement.execute("insert into library_copies__v1 values ('never', 1, 'never', 1)");
    }
    store.rebuilds().request(copies(), RebuildKind.VERIFY);
    assertThat(awaitEnd().state()).isEqualTo(RebuildState.DONE);
    assertThat(comparison().differences())
        .containsExactlyInAnyOrder(
            new Difference(keys.get(0), What.CHANGED),
            new Difference(keys.get(1), What.ADDED),
            new Difference("never", What.MISSING));
    assertThat(comparison().at()).hasSize(LibraryLog.PARTITIONS);
    assertThat(traces(3)).isEmpty();
    assertThat(store.prepare(copies()).number()).isEqualTo(1);
    store.rebuilds().request(copies(), RebuildKind.REBUILD);
    await().untilAsserted(() -> assertThat(last().state()).isEqualTo(RebuildState.READY));
    assertThat(last().reason()).contains("drifted");
    store.rebuilds().ask(copies(), Asked.SWITCH);
    assertThat(awaitEnd().state()).isEqualTo(RebuildState.DONE);
    assertThat(served(copies())).isEqualTo(expected);
  }

  /** Counts ten copies for one, which somebody forgot to say by a version. */
  private static final class TenfoldProjection implements Projection<ShelfEvent, Copies> {
    @Override
    public Set<String> keys(RecordedEvent<? extends ShelfEvent> event) {
      return Set.of(event.stream().id());
    }

    @Override
    public @Nullable Copies apply(
        String key, @Nullable Copies row, RecordedEvent<? extends ShelfEvent> event) {
      return switch (event.event()) {
        case Bought(int copies) when copies == LibraryDomain.POISON ->
            throw new IllegalStateException("too many books");
        case Bought(int copies) -> new Copies(key, 10 * copies + (row == null ? 0 : row.copies()));
        case Lost _ -> null;
      };
    }
  }

  @Test
  void changed_code_gives_a_report_waits_for_an_operator_and_a_cancel_leaves_nothing()
      throws Exception {
    happen(1, 200);
    live(copies());
    awaitServed();
    ViewDefinition changed =
        definition(
            Feature.View.of("copies", ShelfEvent.class, Copies.class, new TenfoldProjection())
                .version(2));
    runner(changed, new RebuildSettings(1, 1000, 1000, false, WhenToSwitch.OPERATOR));
    store.rebuilds().request(changed, RebuildKind.REBUILD);
    await().untilAsserted(() -> assertThat(last().state()).isEqualTo(RebuildState.READY));
    assertThat(last().changed()).isTrue();
    assertThat(comparison().differences()).hasSize(expected.size());
    assertThat(comparison().differences()).extracting(Difference::what).containsOnly(What.CHANGED);
    assertThat(store.rebuilds().versions(changed)).contains(new KeptVersion(2, VersionState.READY));
    store.rebuilds().ask(changed, Asked.CANCEL);
    assertThat(awaitEnd().state()).isEqualTo(RebuildState.CANCELLED);
    assertThat(traces(2)).isEmpty();
    assertThat(served(copies())).isEqualTo(expected);
    assertThatThrownBy(() -> store.rebuilds().ask(changed, Asked.CANCEL))
        .isInstanceOf(RebuildRefusedException.class);
  }
}
