package dev.foldstream.schemas.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Domain;
import dev.foldstream.schemas.samples.LampDomain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaWriterTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<Domain> domains = List.of(new LampDomain());

  @TempDir Path folder;

  private int run(List<Domain> found, String... arguments) {
    return SchemaWriter.run(
        List.of(arguments), found, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void each_record_without_a_file_gets_one() throws IOException {
    assertThat(run(domains, "--output", folder.toString())).isEqualTo(SchemaWriter.DONE);
    var file = folder.resolve("META-INF/schemas/light/desk-lamp/SwitchedOn.avsc");
    var schema = new Schema.Parser().parse(Files.readString(file));
    assertThat(schema.getFullName()).isEqualTo("light.desk_lamp.SwitchedOn");
    assertThat(SchemaKind.of(schema)).isEqualTo(SchemaKind.EVENT);
    assertThat(output()).contains("domain light", "wrote " + file, "3 written, 0 kept, 0 failed");
  }

  @Test
  void a_file_that_is_there_is_never_touched() throws IOException {
    var file = folder.resolve("META-INF/schemas/light/desk-lamp/SwitchedOn.avsc");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "mine");
    assertThat(run(domains, "--output", folder.toString())).isEqualTo(SchemaWriter.DONE);
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(output()).contains("2 written, 1 kept, 0 failed");
  }

  @Test
  void help_is_printed_and_wrong_use_is_refused() {
    assertThat(run(domains, "--help")).isEqualTo(SchemaWriter.DONE);
    assertThat(output()).contains("never changed");
    assertThat(run(domains)).isEqualTo(SchemaWriter.WRONG_USE);
    assertThat(run(domains, "--force")).isEqualTo(SchemaWriter.WRONG_USE);
    assertThat(run(List.of(), "--output", folder.toString())).isEqualTo(SchemaWriter.FAILED);
  }
}
