package dev.foldstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.samples.Everything;
import dev.foldstream.schemas.samples.LampDomain;
import dev.foldstream.schemas.samples.LampDomain.SwitchOn;
import dev.foldstream.schemas.samples.LampDomain.SwitchedOff;
import dev.foldstream.schemas.samples.LampDomain.SwitchedOn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaFilesTest {

  private final SchemaFiles files = SchemaFiles.of(new LampDomain());

  @Test
  void the_file_of_every_command_and_event_is_found() {
    assertThat(files.records())
        .containsExactly(SwitchOn.class, SwitchedOn.class, SwitchedOff.class);
    assertThat(files.all()).hasSize(3);
    assertThat(files.typeName(SwitchedOn.class)).isEqualTo("light.desk_lamp.SwitchedOn");
    assertThat(files.fileName(SwitchedOn.class)).isEqualTo("light/desk-lamp/SwitchedOn");
    assertThat(files.kind(SwitchOn.class)).isEqualTo(SchemaKind.COMMAND);
    assertThat(files.kind(SwitchedOff.class)).isEqualTo(SchemaKind.EVENT);
  }

  @Test
  void a_record_is_found_by_its_full_name_or_an_alias() {
    assertThat(files.type("light.desk_lamp.SwitchedOn")).isEqualTo(SwitchedOn.class);
    assertThat(files.type("light.desk_lamp.Lit")).isEqualTo(SwitchedOn.class);
    assertThat(files.find("light.desk_lamp.Broken")).isEmpty();
    assertThatThrownBy(() -> files.type("light.desk_lamp.Broken"))
        .hasMessageContaining("light.desk_lamp.Broken")
        .hasMessageContaining("light.desk_lamp.SwitchedOn");
  }

  @Test
  void one_exception_names_every_missing_file() {
    var fault =
        catchThrowableOfType(
            SchemaFilesException.class, () -> SchemaFiles.of(new LampDomain("street-lamp")));
    assertThat(fault.faults())
        .hasSize(3)
        .allSatisfy(
            each ->
                assertThat(each)
                    .contains("META-INF/schemas/light/street-lamp/", "is not on the class path"));
  }

  @Test
  void a_file_that_does_not_fit_is_named_with_the_field() {
    assertThatThrownBy(() -> SchemaFiles.ofMessages("wrong", Everything.Square.class))
        .isInstanceOf(SchemaFilesException.class)
        .hasMessageContaining("META-INF/schemas/wrong/Square.avsc")
        .hasMessageContaining("Square.side: the schema says string, the record wants int");
  }

  @Test
  void JSON_takes_the_decimals_of_the_file() {
    var json = new RecordJson(files);
    var text = "{\"brightness\": 3, \"price\": 1.2345}".getBytes(StandardCharsets.UTF_8);
    assertThat(json.read(text, SwitchedOn.class))
        .isEqualTo(new SwitchedOn(3, new BigDecimal("1.2345")));
    var schema = json.jsonSchema(SwitchedOn.class);
    assertThat(schema.path("description").asText()).isEqualTo("The lamp shines.");
    assertThat(schema.at("/properties/price/anyOf/0/pattern").asText())
        .isEqualTo("^-?[0-9]{1,5}(\\.[0-9]{1,4})?$");
  }
}
