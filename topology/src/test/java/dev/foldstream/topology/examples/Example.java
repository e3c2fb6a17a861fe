package dev.foldstream.topology.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.topology.spec.SpecRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An example in a text of Markdown: a topology, what is given, what comes of it. */
record Example(String title, String topology, String given, String then) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FENCE = "```";

  /** All examples of a text: three blocks below a heading. */
  static List<Example> of(String markdown) {
    var examples = new ArrayList<Example>();
    String title = "";
    String topology = "";
    String given = "";
    String[] lines = markdown.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].startsWith("#")) {
        title = lines[i].replaceFirst("#+ *", "");
      } else if (lines[i].startsWith(FENCE + "yaml ")) {
        String kind = lines[i].substring(FENCE.length() + 5).strip();
        var block = new StringBuilder();
        for (i++; !lines[i].startsWith(FENCE); i++) {
          block.append(lines[i]).append('\n');
        }
        switch (kind) {
          case "topology" -> topology = block.toString();
          case "given" -> given = block.toString();
          default -> examples.add(new Example(title, topology, given, block.toString()));
        }
      }
    }
    return examples;
  }

  List<SpecRecord> givenRecords() {
    return records(given).stream().filter(one -> one.get("row") == null).map(this::given).toList();
  }

  /** Rows of views: view, key, value. */
  List<Map<?, ?>> rows() {
    return records(given).stream()
        .filter(one -> one.get("row") != null)
        .<Map<?, ?>>map(one -> one)
        .toList();
  }

  List<SpecRecord> expected() {
    return records(then).stream()
        .filter(one -> one.get("sink") != null)
        .map(
            one -> SpecRecord.expected(text(one, "sink"), text(one, "key"), json(one.get("value"))))
        .toList();
  }

  /** Records that are set aside, as step and count. */
  List<Map<?, ?>> failing() {
    return records(then).stream()
        .filter(one -> one.get("failing") != null)
        .<Map<?, ?>>map(one -> one)
        .toList();
  }

  /** Records that go no further, as step, reason and count. */
  List<Map<?, ?>> dropping() {
    return records(then).stream()
        .filter(one -> one.get("dropping") != null)
        .<Map<?, ?>>map(one -> one)
        .toList();
  }

  private SpecRecord given(Map<String, Object> one) {
    return SpecRecord.given(
        text(one, "topic"),
        text(one, "type"),
        text(one, "key"),
        Instant.parse(text(one, "at")),
        json(one.get("value")));
  }

  private static String text(Map<String, Object> one, String name) {
    return String.valueOf(one.get(name));
  }

  static String json(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException fault) {
      throw new IllegalArgumentException(fault);
    }
  }

  @SuppressWarnings("unchecked") // a list of maps, as the examples are written
  private static List<Map<String, Object>> records(String yaml) {
    List<Map<String, Object>> read =
        (List<Map<String, Object>>) new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return read == null ? List.of() : read;
  }
}
