package dev.foldstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldstream.kernel.Feature.View;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FeatureTest {

  private record Row(String id) {}

  private record Rows() implements Projection<String, Row> {
    @Override
    public Set<String> keys(RecordedEvent<? extends String> event) {
      return Set.of(event.stream().id());
    }

    @Override
    public Row apply(String key, @Nullable Row row, RecordedEvent<? extends String> event) {
      return new Row(key);
    }
  }

  private static View<String, Row> view(String name) {
    return View.of(name, String.class, Row.class, new Rows());
  }

  @Test
  void a_view_is_kept_in_postgresql_until_it_is_said_otherwise() {
    assertThat(view("rows").stores()).containsExactly(ViewStoreKind.POSTGRESQL);
    assertThat(view("rows").in(ViewStoreKind.ELASTICSEARCH).stores())
        .containsExactly(ViewStoreKind.ELASTICSEARCH);
  }

  @Test
  void indexes_add_up_and_keep_what_else_was_said() {
    var view = view("rows").search("id").version(3).index("id").index("id", "name");
    assertThat(view.indexes())
        .containsExactly(java.util.List.of("id"), java.util.List.of("id", "name"));
    assertThat(view.search()).containsExactly("id");
    assertThat(view.version()).isEqualTo(3);
  }

  @Test
  void saying_more_of_a_view_leaves_the_first_as_it_was() {
    var first = view("rows");
    first.index("id");
    assertThat(first.indexes()).isEmpty();
  }

  private record Sold(int cents) {}

  private record Bought(long cents) {}

  private static Feature.Process<String, String, Told> process() {
    return Feature.Process.of("sale", String.class, String.class, Told.class, new Telling());
  }

  @Test
  void old_forms_of_progress_and_events_are_said_once() {
    var process = process().upcast(Sold.class, old -> new Told("sold for " + old.cents()));
    assertThat(process.upcasters()).singleElement().extracting(Upcaster::old).isEqualTo(Sold.class);
    assertThat(process.upcasters().getFirst().toEvent().apply(new Sold(7)))
        .isEqualTo(new Told("sold for 7"));
    assertThat(process.stateVersion(2).upcasters()).isEqualTo(process.upcasters());
    assertThat(process.upcast(Bought.class, _ -> new Told("bought")).upcasters()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> process.upcast(Sold.class, _ -> new Told("again")))
        .withMessageContaining("found dev.foldstream.kernel.FeatureTest$Sold");
  }

  @Test
  void an_event_of_today_is_no_old_form() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> process().upcast(Told.class, told -> told))
        .withMessageContaining("is no event of today");
  }

  @Test
  void a_view_with_a_wrong_name_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> view("Rows"));
  }
}
