package dev.foldstream.host.registered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.host.registered.RegisteredView.Role;
import dev.foldstream.kernel.ViewStoreKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistryFoldTest {

  private final RegistryFold fold = new RegistryFold("stock-levels"::equals);

  private void head(String name, String rest) {
    take(name, "{\"name\": \"%s\", %s}".formatted(name, rest));
  }

  private void version(String name, int number, int application, String view) {
    String schema = "{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"R\\\", \\\"fields\\\": []}";
    take(
        name + "@" + number,
        "{\"application\": %d, \"views\": [{\"view\": \"%s\", \"schema\": \"%s\", \"partitions\": 6, \"stores\": [\"postgresql\"], \"indexes\": [\"at\"]}]}"
            .formatted(application, view, schema));
  }

  private void take(String key, String value) {
    fold.take(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_live_version_has_the_name_and_others_a_number_behind_it() {
    version("sales", 1, 1, "per-minute");
    version("sales", 2, 1, "per-minute");
    version("sales", 3, 3, "per-minute");
    head("sales", "\"desired\": \"RUNNING\", \"live\": 2, \"candidate\": 3, \"previous\": 1");
    assertThat(fold.views())
        .extracting(RegisteredView::address)
        .containsExactly("per-minute", "per-minute-v3");
    var live = fold.views().getFirst();
    assertThat(live.role()).isEqualTo(Role.LIVE);
    assertThat(live.name()).isEqualTo("per-minute-v1");
    assertThat(live.topic()).isEqualTo("foldstream.views.sales.per-minute-v1");
    assertThat(live.stores()).containsExactly(ViewStoreKind.POSTGRESQL);
    assertThat(live.indexes()).containsExactly("at");
    head("sales", "\"desired\": \"RUNNING\", \"live\": 3, \"candidate\": null, \"previous\": 2");
    assertThat(fold.views())
        .extracting(view -> view.address() + " is " + view.name())
        .containsExactly("per-minute is per-minute-v3", "per-minute-v1 is per-minute-v1");
  }

  @Test
  void a_name_that_is_taken_is_told_with_the_topology() {
    version("a", 1, 1, "stock-levels");
    head("a", "\"desired\": \"RUNNING\", \"live\": 1");
    version("b", 1, 1, "lamps");
    head("b", "\"desired\": \"PAUSED\", \"live\": 1");
    version("c", 1, 1, "lamps");
    head("c", "\"desired\": \"RUNNING\", \"live\": 1");
    assertThat(fold.views())
        .extracting(RegisteredView::address)
        .containsExactly("a.stock-levels", "lamps", "c.lamps");
  }

  @Test
  void what_was_deleted_makes_no_view_and_what_cannot_be_read_is_left_out() {
    version("sales", 1, 1, "per-minute");
    head("sales", "\"desired\": \"DELETED\", \"live\": 1");
    take("odd@1", "{\"application\": 1, \"views\": [{\"view\": \"odd\", \"schema\": \"no\"}]}");
    head("odd", "\"desired\": \"RUNNING\", \"live\": 1");
    take("broken", "no JSON");
    assertThat(fold.views()).isEmpty();
    assertThat(fold.isEmpty()).isFalse();
  }
}
