package dev.foldstream.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldstream.schemas.samples.Everything;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaFitTest {

  record Order(String id, int count, BigDecimal price, @Nullable String note, Line line) {}

  record Line(String sku, Color color) {}

  enum Color {
    RED,
    BLUE
  }

  record WithOptional(Optional<String> text) {}

  record WithSet(Set<String> texts) {}

  record WithArray(List<byte[]> bytes) {}

  record Generic<T>(T value) {}

  record WithGeneric(List<Generic<String>> values) {}

  @Test
  void a_derived_schema_fits_its_record() {
    var schema = RecordSchemas.schemaOf(Everything.class, "test");
    assertThat(RecordCodec.of(Everything.class, schema).schema()).isEqualTo(schema);
    assertThat(schema.getFullName()).isEqualTo("test.Everything");
    assertThat(schema.getField("maybeText").defaultVal()).isNotNull();
  }

  @Test
  void every_mismatch_is_named_with_type_field_found_and_wanted() {
    var schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Order", "fields": [
                  {"name": "id", "type": "int"},
                  {"name": "price", "type": "double"},
                  {"name": "note", "type": "string"},
                  {"name": "line", "type": {"type": "record", "name": "Line", "fields": [
                    {"name": "sku", "type": "string"},
                    {"name": "color", "type":
                      {"type": "enum", "name": "Color", "symbols": ["RED"]}}]}},
                  {"name": "extra", "type": "long"}]}
                """);
    var fault =
        catchThrowableOfType(
            SchemaMismatchException.class, () -> RecordCodec.of(Order.class, schema));
    assertThat(fault.mismatches().stream().map(Object::toString))
        .containsExactlyInAnyOrder(
            "Order.id: the schema says int, the record wants string",
            "Order.count: the schema says no such field, the record wants a field for the component",
            "Order.price: the schema says double, the record wants bytes with logical type decimal",
            "Order.note: the schema says string, the record wants a union with null, because null is"
                + " a value",
            "Line.color: the schema says the symbols [RED], the record wants [BLUE, RED]",
            "Order.extra: the schema says long, the record wants no such field: there is no"
                + " component");
  }

  @Test
  void types_that_a_schema_cannot_say_are_refused_with_their_place() {
    for (var type : List.of(WithOptional.class, WithSet.class, WithArray.class)) {
      assertThatThrownBy(() -> RecordSchemas.schemaOf(type, "test"))
          .isInstanceOf(UnsupportedTypeException.class)
          .hasMessageContaining(type.getName() + "." + type.getRecordComponents()[0].getName())
          .hasMessageContaining("wanted one of String, int");
    }
    assertThatThrownBy(() -> RecordSchemas.schemaOf(WithGeneric.class, "test"))
        .isInstanceOf(UnsupportedTypeException.class)
        .hasMessageContaining("WithGeneric.values[]");
  }
}
