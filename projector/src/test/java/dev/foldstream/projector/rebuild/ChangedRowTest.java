package dev.foldstream.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Lost;
import dev.foldstream.projector.projection.ProjectionWorker;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.rebuild.RebuildState;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangedRowTest extends RebuildParts {

  /** The same with one more column. */
  record Priced(String book, int copies, boolean many) {}

  private static final class PricedProjection implements Projection<ShelfEvent, Priced> {
    @Override
    public Set<String> keys(RecordedEvent<? extends ShelfEvent> event) {
      return Set.of(event.stream().id());
    }

    @Override
    public @Nullable Priced apply(
        String key, @Nullable Priced row, RecordedEvent<? extends ShelfEvent> event) {
      return switch (event.event()) {
        case Bought(int copies) -> {
          int all = copies + (row == null ? 0 : row.copies());
          yield new Priced(key, all, all > 100);
        }
        case Lost _ -> null;
      };
    }
  }

  @Test
  void a_changed_row_is_rebuilt_by_itself_while_readers_keep_what_is_there() {
    happen(1, 200);
    ProjectionWorker before = live(copies());
    awaitServed();
    before.close();
    ViewDefinition changed =
        definition(
            Feature.View.of("copies", ShelfEvent.class, Priced.class, new PricedProjection()));
    ProjectionWorker after = live(changed);
    await()
        .untilAsserted(
            () -> assertThat(after.progress().reason()).contains("column many (boolean) is new"));
    assertThat(served(copies())).isEqualTo(expected);
    RebuildRunner runner = runner(changed, SMALL);
    assertThat(awaitEnd().state()).as(last().toString()).isEqualTo(RebuildState.DONE);
    assertThat(comparison().columns()).containsExactly("book", "copies");
    assertThat(comparison().same()).isTrue();
    runner.close();
    happen(200, 220);
    await()
        .untilAsserted(
            () ->
                assertThat(store.reader().row(changed, "b-21").orElseThrow().row())
                    .isEqualTo(
                        new Priced(
                            "b-21", Objects.requireNonNull(expected.get("b-21")).copies(), true)));
    awaitServed();
    assertThat(store.rebuilds().requestIfChanged(changed)).isFalse();
  }
}
