package dev.foldstream.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldChangesTest {

  record Person(String id, String name, List<Note> notes) {}

  record Note(String text) {}

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Person", "fields": [
                {"name": "id", "type": "string"},
                {"name": "name", "type": "string", "personalData": "id"},
                {"name": "notes", "type": {"type": "array", "items":
                  {"type": "record", "name": "Note", "fields": [
                    {"name": "text", "type": "string"}]}}}]}
              """);

  /** Turns a text round and puts the sibling that the property names behind it. */
  private static final class Reversed implements FieldChanges.FieldChange {
    private final String sibling;

    Reversed(String sibling) {
      this.sibling = sibling;
    }

    @Override
    public @Nullable Object toStored(@Nullable Object value, FieldChanges.Siblings siblings) {
      return new StringBuilder(String.valueOf(value)).reverse() + "@" + siblings.value(sibling);
    }

    @Override
    public @Nullable Object fromStored(@Nullable Object value, FieldChanges.Siblings siblings) {
      var text = String.valueOf(value);
      var end = "@" + siblings.value(sibling);
      assertThat(text).endsWith(end);
      return new StringBuilder(text.substring(0, text.length() - end.length()))
          .reverse()
          .toString();
    }
  }

  private static final FieldChanges CHANGES =
      (record, field) -> Optional.ofNullable(field.getProp("personalData")).map(Reversed::new);

  @Test
  void a_field_is_changed_by_the_property_of_its_schema_on_the_way_out_and_back() {
    var person = new Person("p-1", "Ada", List.of(new Note("hello")));
    var changing = RecordCodec.of(Person.class, SCHEMA, CHANGES);
    var plain = RecordCodec.of(Person.class, SCHEMA);

    assertThat(plain.decode(changing.encode(person)))
        .isEqualTo(new Person("p-1", "adA@p-1", List.of(new Note("hello"))));
    assertThat(changing.decode(changing.encode(person))).isEqualTo(person);
  }
}
