package dev.foldstream.topology.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.samples.Commerce;
import dev.foldstream.topology.spec.SpecRecord;
import dev.foldstream.topology.spec.TopologySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of the documentation are what happens. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkedExamplesTest {

  private static final Path ROOT = Path.of(System.getProperty("foldstream.root"));
  private static final Path SHIPPED =
      ROOT.resolve("commerce/src/main/resources/META-INF/topologies/commerce");

  private static List<Example> examples() throws IOException {
    return Example.of(Files.readString(ROOT.resolve("docs/topologies.md")));
  }

  @Test
  void there_are_ten_and_more() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(10);
  }

  @TestFactory
  Stream<DynamicTest> each_gives_what_is_written_below_it() throws IOException {
    return examples().stream()
        .map(example -> DynamicTest.dynamicTest(example.title(), () -> run(example)));
  }

  private static void run(Example example) {
    var spec = TopologySpec.of(example.topology(), Commerce.catalog());
    for (Map<?, ?> row : example.rows()) {
      spec.withRow(
          String.valueOf(row.get("row")),
          String.valueOf(row.get("key")),
          Example.json(row.get("value")));
    }
    var outcome = spec.given(example.givenRecords().toArray(SpecRecord[]::new));
    for (Map<?, ?> failing : example.failing()) {
      outcome.failing(
          String.valueOf(failing.get("failing")),
          Integer.parseInt(String.valueOf(failing.get("count"))));
    }
    for (Map<?, ?> dropping : example.dropping()) {
      outcome.dropping(
          String.valueOf(dropping.get("dropping")),
          DropReason.valueOf(String.valueOf(dropping.get("reason"))),
          Long.parseLong(String.valueOf(dropping.get("count"))));
    }
    outcome.then(example.expected().toArray(SpecRecord[]::new));
  }

  @Test
  void the_shipped_definitions_stand_in_the_documentation_word_for_word() throws IOException {
    var written = examples().stream().map(Example::topology).toList();
    for (String name : Files.readAllLines(SHIPPED.resolve("topologies.txt"))) {
      assertThat(written).contains(Files.readString(SHIPPED.resolve(name + ".yaml")));
    }
  }

  @Test
  void the_list_of_shipped_definitions_has_all_of_them() throws IOException {
    try (var files = Files.list(SHIPPED)) {
      var names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".yaml"))
              .map(file -> file.substring(0, file.length() - 5))
              .toList();
      assertThat(Files.readAllLines(SHIPPED.resolve("topologies.txt")))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }
}
