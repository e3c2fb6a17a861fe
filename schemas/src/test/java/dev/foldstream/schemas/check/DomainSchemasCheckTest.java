package dev.foldstream.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.schemas.files.SchemaFilesException;
import dev.foldstream.schemas.samples.LampDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainSchemasCheckTest {

  @TempDir Path released;

  @Test
  void a_domain_whose_files_fit_has_no_faults() throws IOException {
    release("{\"name\": \"brightness\", \"type\": \"int\"}");
    assertThat(DomainSchemasCheck.faults(new LampDomain(), released)).isEmpty();
  }

  @Test
  void a_released_version_that_cannot_be_read_is_found() throws IOException {
    release("{\"name\": \"brightness\", \"type\": \"string\"}");
    assertThat(DomainSchemasCheck.faults(new LampDomain(), released))
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).contains("SwitchedOn", "a released version"));
  }

  @Test
  void missing_files_are_named() {
    assertThatThrownBy(() -> DomainSchemasCheck.faults(new LampDomain("wall-lamp"), released))
        .isInstanceOf(SchemaFilesException.class);
  }

  private void release(String field) throws IOException {
    var folder = Files.createDirectories(released.resolve("light/desk-lamp/SwitchedOn"));
    Files.writeString(
        folder.resolve("1.avsc"),
        "{\"type\": \"record\", \"name\": \"SwitchedOn\", \"namespace\": \"light.desk_lamp\","
            + " \"fields\": [%s]}".formatted(field));
  }
}
