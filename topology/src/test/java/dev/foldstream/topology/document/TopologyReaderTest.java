package dev.foldstream.topology.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologyReaderTest {

  private static final String GOOD =
      """
      foldstream: topology/1
      name: large-orders
      sources:
        orders: {aggregate: commerce.order, events: [OrderPlaced]}
      steps:
        large: {from: orders, filter: event.total > 100}
      sinks:
        out: {from: large, topic: large-orders, partitions: 3}
      """;

  private static Result<TopologyDocument> read(String text) {
    return new TopologyReader().read(text, "application/yaml");
  }

  private static List<Fault> faults(String text) {
    return switch (read(text)) {
      case Result.Good<TopologyDocument>(var good) ->
          throw new AssertionError("wanted faults; found " + good);
      case Result.Faulty<TopologyDocument>(var faults) -> faults;
    };
  }

  @Test
  void yaml_and_json_of_equal_contents_are_the_same_document() {
    var yaml = read(GOOD).orThrow();
    var json = new TopologyReader().read(yaml.json(), "application/json; charset=utf-8").orThrow();
    assertThat(json.json()).isEqualTo(yaml.json());
    assertThat(json.steps()).isEqualTo(yaml.steps());
    assertThat(yaml.steps().get("large")).isEqualTo(new Step.Filter("orders", "event.total > 100"));
    assertThat(yaml.sinks().get("out")).isEqualTo(new Sink.Topic("large", "large-orders", null, 3));
  }

  @Test
  void an_unknown_field_is_refused_with_its_place_and_what_was_probably_meant() {
    var faults = faults(GOOD.replace("filter:", "fitler:"));
    assertThat(faults)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo("/steps/large");
              assertThat(fault.line()).isEqualTo(6);
              assertThat(fault.hint()).isEqualTo("did you mean filter?");
            });
    assertThat(faults(GOOD.replace("partitions: 3", "partition: 3")))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo("/sinks/out/partition");
              assertThat(fault.hint()).isEqualTo("did you mean partitions?");
            });
  }

  @Test
  void all_faults_are_told_at_once() {
    var faults =
        faults(
            """
            foldstream: topology/2
            name: Large
            sources: {}
            steps:
              a: {from: x, aggregate: {n: count}, window: {tumbling: 1 minute}}
              b: {from: x, filter: [1]}
            sinks:
              out: {from: a, topic: t, partitions: none}
            """);
    assertThat(faults)
        .extracting(Fault::pointer)
        .containsExactly(
            "/foldstream",
            "/name",
            "/sources",
            "/steps/a/window/tumbling",
            "/steps/b/filter",
            "/sinks/out/partitions");
  }

  @Test
  void a_name_given_twice_and_a_broken_text_are_told_with_their_line() {
    assertThat(faults(GOOD.replace("sinks:", "steps:")))
        .anySatisfy(fault -> assertThat(fault.message()).contains("steps is given twice"));
    assertThat(faults("foldstream: topology/1\nname: [a\n"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).isGreaterThanOrEqualTo(2));
    assertThat(faults("{\"foldstream\": \"topology/1\"")).hasSize(1);
    assertThat(faults("- a\n- b\n")).hasSize(1);
    assertThat(faults("")).hasSize(1);
  }

  @Test
  void sources_steps_and_sinks_have_names_of_their_own() {
    assertThat(faults(GOOD.replace("  out:", "  orders:")))
        .extracting(Fault::pointer)
        .containsExactly("/sinks/orders");
  }

  @Test
  void a_document_that_grows_by_aliases_is_refused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(10)).append("x]\n");
    }
    assertThat(faults(bomb.toString())).singleElement().extracting(Fault::pointer).isEqualTo("");
  }

  @Test
  void the_published_schema_says_nothing_that_the_reader_does_not_know() {
    var words = new TreeSet<String>();
    words(DocumentSchema.tree(), false, words);
    assertThat(SchemaCheck.WORDS).containsAll(words);
    assertThat(DocumentSchema.text()).contains("\"additionalProperties\": false");
  }

  /** The words of a schema, without the names of its fields. */
  private static void words(JsonNode schema, boolean names, Set<String> words) {
    if (schema.isObject()) {
      schema
          .properties()
          .forEach(
              entry -> {
                if (!names) {
                  words.add(entry.getKey());
                }
                boolean inner =
                    !names
                        && (entry.getKey().equals("properties") || entry.getKey().equals("$defs"));
                words(entry.getValue(), inner, words);
              });
    } else if (schema.isArray()) {
      schema.forEach(one -> words(one, false, words));
    }
  }
}
