package dev.foldstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.schemas.samples.Everything;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonSchemasTest {

  record Order(String id, @Nullable BigDecimal total, List<Line> lines) {}

  record Line(String sku, List<Line> parts) {}

  private final RecordJson json = new RecordJson();

  @Test
  void a_record_stands_alone_with_its_nested_records_as_definitions() throws Exception {
    assertThat((JsonNode) json.jsonSchema(Order.class))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Order",
                     "type": "object",
                     "properties": {
                       "id": {"type": "string"},
                       "total": {"anyOf": [
                         {"type": ["string", "number"],
                          "pattern": "^-?[0-9]{1,16}(\\\\.[0-9]{1,2})?$"},
                         {"type": "null"}]},
                       "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}}},
                     "required": ["id", "lines"],
                     "additionalProperties": false,
                     "$defs": {"Line": {
                       "type": "object",
                       "properties": {
                         "sku": {"type": "string"},
                         "parts": {"type": "array", "items": {"$ref": "#/$defs/Line"}}},
                       "required": ["sku", "parts"],
                       "additionalProperties": false}}}
                    """));
  }

  @Test
  void every_reference_leads_to_a_definition() {
    var schema = json.jsonSchema(Everything.class);
    var references = schema.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (var reference : references) {
      assertThat(schema.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
  }

  @Test
  void a_sealed_interface_is_one_of_its_records_by_type() {
    var schema = json.jsonSchema(Everything.Shape.class);
    assertThat(schema.path("oneOf")).hasSize(4);
    assertThat(schema.at("/$defs/Circle/properties/type/const").asText()).isEqualTo("Circle");
  }
}
