package dev.foldstream.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The gate of this repository: it fails the build. */
class ReleasedSchemasTest {

  private static final Path CURRENT = Path.of("src/main/resources/META-INF/schemas");
  private static final Path RELEASED = Path.of("released");

  @Test
  void all_schema_files_are_compatible_with_the_released_ones() {
    assertThat(ReleasedSchemas.schemaFiles(CURRENT)).isNotEmpty();
    SchemaGate.between(CURRENT, RELEASED).check();
  }
}
