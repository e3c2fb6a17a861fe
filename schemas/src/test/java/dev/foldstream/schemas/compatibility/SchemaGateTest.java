package dev.foldstream.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaGateTest {

  private static final String ID = "{\"name\": \"id\", \"type\": \"string\"}";
  private static final String NOTE =
      "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}";

  @TempDir Path folder;
  private Path current;
  private Path released;

  @BeforeEach
  void folders() {
    current = folder.resolve("current");
    released = folder.resolve("released");
  }

  private void file(String kind, String... fields) throws IOException {
    var file = current.resolve("shop/order/Placed.avsc");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "{\"type\": \"record\", \"name\": \"Placed\", \"kind\": \"%s\", \"fields\": [%s]}"
            .formatted(kind, String.join(",", fields)));
  }

  private String release() throws IOException {
    var printed = new ByteArrayOutputStream();
    SchemaRelease.run(
        List.of(current.toString(), released.toString()),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  private List<String> faults() {
    return SchemaGate.between(current, released).faults();
  }

  @Test
  void what_was_never_released_may_change() throws IOException {
    file("event", ID);
    assertThat(faults()).isEmpty();
  }

  @Test
  void a_new_field_with_a_default_passes_and_is_the_next_version() throws IOException {
    file("event", ID);
    assertThat(release()).contains("1.avsc");
    assertThat(release()).isEmpty();
    file("event", ID, NOTE);
    SchemaGate.between(current, released).check();
    assertThat(release()).contains("2.avsc");
    assertThat(ReleasedSchemas.in(released).versions("shop/order/Placed")).hasSize(2);
  }

  @Test
  void a_new_field_without_a_default_is_refused_by_name() throws IOException {
    file("event", ID);
    release();
    file("event", ID, "{\"name\": \"total\", \"type\": \"long\"}");
    assertThat(faults())
        .containsExactly(
            "shop/order/Placed (released version 1): field total: is not in what was stored and has"
                + " no default");
    assertThatThrownBy(() -> SchemaGate.between(current, released).check())
        .isInstanceOf(SchemaGateException.class)
        .hasMessageContaining("field total");
    assertThat(release()).contains("refused");
  }

  @Test
  void another_type_is_refused_by_name() throws IOException {
    file("event", ID);
    release();
    file("event", "{\"name\": \"id\", \"type\": \"long\"}");
    assertThat(faults()).singleElement().asString().contains("field id: has another type");
  }

  @Test
  void another_scale_of_a_decimal_is_refused_although_Avro_would_read_it() throws IOException {
    var decimal =
        "{\"name\": \"price\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\","
            + " \"precision\": 18, \"scale\": %d}}";
    file("event", decimal.formatted(2));
    release();
    file("event", decimal.formatted(4));
    assertThat(faults())
        .containsExactly(
            "shop/order/Placed (released version 1): field price: written as decimal(18, 2), read"
                + " as decimal(18, 4)");
  }

  @Test
  void a_logical_type_that_is_lost_or_changed_is_refused_although_Avro_would_read_it()
      throws IOException {
    String decimal = "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9}";
    String fewer = decimal.replace("9", "8");
    String date = "{\"type\": \"int\", \"logicalType\": \"date\"}";
    String time = "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}";
    for (String[] change :
        new String[][] {
          {decimal, "\"string\"", "decimal(9, 0), read as string"},
          {decimal, "\"bytes\"", "decimal(9, 0), read as bytes"},
          {decimal, fewer, "decimal(9, 0), read as decimal(8, 0)"},
          {optional(decimal), optional("\"string\""), "decimal(9, 0), read as string"},
          {decimal, optional("\"string\""), "decimal(9, 0), read as string"},
          {date, "\"long\"", "int with logical type date, read as long"},
          {
            date,
            time,
            "int with logical type date, read as long with logical type timestamp-micros"
          },
          {"\"int\"", time, "int, read as long with logical type timestamp-micros"},
        }) {
      file("event", field(change[0]));
      release();
      file("event", field(change[1]));
      assertThat(faults())
          .containsExactly(
              "shop/order/Placed (released version 1): field price: written as " + change[2]);
      forgetReleases();
    }
    file("event", field(date));
    release();
    file("event", field("[\"null\", \"long\", " + date + "]"));
    assertThat(faults()).isEmpty();
  }

  private static String field(String type) {
    return "{\"name\": \"price\", \"type\": %s}".formatted(type);
  }

  private static String optional(String type) {
    return "[\"null\", " + type + "]";
  }

  @Test
  void an_event_is_compared_with_every_version_a_command_with_the_last() throws IOException {
    var required = "{\"name\": \"note\", \"type\": [\"null\", \"string\"]}";
    for (var kind : List.of("event", "command")) {
      file(kind, ID);
      release();
      file(kind, ID, NOTE);
      release();
      file(kind, ID, required);
      assertThat(faults()).hasSize(kind.equals("event") ? 1 : 0);
      forgetReleases();
    }
  }

  @Test
  void the_file_of_a_released_event_stays_that_of_a_command_may_go() throws IOException {
    file("event", ID);
    release();
    delete(current.resolve("shop/order/Placed.avsc"));
    assertThat(faults())
        .containsExactly(
            "shop/order/Placed: the file of a released event is gone; stored events need it");
    forgetReleases();
    file("command", ID);
    release();
    delete(current.resolve("shop/order/Placed.avsc"));
    assertThat(faults()).isEmpty();
  }

  @Test
  void a_file_keeps_its_kind_and_stays_readable() throws IOException {
    file("event", ID);
    release();
    file("command", ID);
    assertThat(faults()).containsExactly("shop/order/Placed: was released as event and is command");
    file("event", "{");
    assertThat(faults()).singleElement().asString().startsWith("shop/order/Placed: ");
  }

  private void forgetReleases() throws IOException {
    try (var files = Files.walk(released)) {
      files.sorted(Comparator.reverseOrder()).forEach(SchemaGateTest::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
