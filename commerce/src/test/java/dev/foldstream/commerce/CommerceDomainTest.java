package dev.foldstream.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Feature.Process;
import dev.foldstream.kernel.Feature.View;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommerceDomainTest {

  private static final String SERVICES = "/META-INF/services/" + Domain.class.getName();

  @Test
  void the_domain_is_found_as_a_module() {
    CommerceDomainTest.class.getModule().addUses(Domain.class);
    assertThat(ServiceLoader.load(Domain.class)).singleElement().isInstanceOf(CommerceDomain.class);
    assertThat(new CommerceDomain().name()).isEqualTo("commerce");
  }

  @Test
  void the_plain_class_path_finds_the_same() throws IOException {
    try (var line = CommerceDomain.class.getResourceAsStream(SERVICES)) {
      assertThat(line).isNotNull().hasContent(CommerceDomain.class.getName());
    }
  }

  @Test
  void it_has_three_aggregates_and_a_process_and_views_of_one_or_several() {
    assertThat(names(Aggregate.class)).containsExactly("order", "stock", "account");
    assertThat(names(Process.class)).containsExactly("fulfilment");
    assertThat(names(View.class))
        .containsExactly(
            "order-details", "stock-levels", "account-balances", "customer-orders", "fulfilments");
  }

  @Test
  void the_patience_of_the_fulfilment_is_a_setting_within_bounds() {
    System.setProperty(CommerceDomain.FULFILMENT_PATIENCE, "0");
    try {
      assertThatThrownBy(() -> new CommerceDomain().features())
          .hasMessage("commerce.fulfilment.patience-seconds: wanted 1 to 86400 seconds; found 0");
    } finally {
      System.clearProperty(CommerceDomain.FULFILMENT_PATIENCE);
    }
  }

  private static List<String> names(Class<? extends Feature> kind) {
    Stream<Feature> features = new CommerceDomain().features().stream();
    return features.filter(kind::isInstance).map(Feature::name).toList();
  }
}
