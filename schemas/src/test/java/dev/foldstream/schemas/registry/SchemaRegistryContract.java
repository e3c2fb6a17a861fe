package dev.foldstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The sentences of {@link SchemaRegistry}, for every implementation. */
interface SchemaRegistryContract {

  SchemaRegistry registry();

  /** A schema that no other test has. */
  static Schema schema(String name, String... fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"%s\", \"namespace\": \"test\", \"fields\": [%s]}"
                .formatted(name, String.join(",", fields)));
  }

  static String unique(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "");
  }

  String ID = "{\"name\": \"id\", \"type\": \"string\"}";
  String NOTE = "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}";
  String TOTAL = "{\"name\": \"total\", \"type\": \"long\"}";

  @Test
  default void an_id_stands_for_its_schema_and_comes_again() {
    var subject = unique("topic-a.");
    var schema = schema(unique("A"), ID);
    assertThat(registry().find(subject, schema)).isEmpty();
    int id = registry().register(subject, schema);
    assertThat(registry().register(subject, schema)).isEqualTo(id);
    assertThat(registry().find(subject, schema)).hasValue(id);
    assertThat(registry().schema(id)).isEqualTo(schema);
    assertThat(registry().versions(subject)).containsExactly(schema);
    assertThat(registry().subjects()).contains(subject);
  }

  @Test
  default void an_unknown_id_and_an_unknown_subject_are_told_apart_from_a_failure() {
    assertThatThrownBy(() -> registry().schema(Integer.MAX_VALUE))
        .isInstanceOf(UnknownSchemaException.class);
    assertThat(registry().versions(unique("unknown-"))).isEmpty();
    assertThat(registry().incompatibility(unique("unknown-"), schema(unique("A"), ID))).isEmpty();
  }

  @Test
  default void an_incompatible_schema_is_refused_with_the_field_named_and_changes_nothing() {
    var subject = unique("topic-a.");
    var name = unique("A");
    registry().compatibility(subject, "BACKWARD_TRANSITIVE");
    registry().register(subject, schema(name, ID));
    var wrong = schema(name, ID, TOTAL);
    assertThat(registry().incompatibility(subject, wrong))
        .hasValueSatisfying(reason -> assertThat(reason).contains("field total"));
    assertThatThrownBy(() -> registry().register(subject, wrong))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining(subject)
        .hasMessageContaining("field total");
    assertThat(registry().versions(subject)).hasSize(1);
  }

  @Test
  default void a_transitive_level_looks_at_every_version() {
    var name = unique("A");
    var required = schema(name, ID, "{\"name\": \"note\", \"type\": [\"null\", \"string\"]}");
    for (var level : List.of("BACKWARD", "BACKWARD_TRANSITIVE")) {
      var subject = unique("topic-a.");
      registry().compatibility(subject, level);
      registry().register(subject, schema(name, ID));
      registry().register(subject, schema(name, ID, NOTE));
      assertThat(registry().incompatibility(subject, required).isPresent())
          .as(level)
          .isEqualTo(level.equals("BACKWARD_TRANSITIVE"));
    }
  }
}
