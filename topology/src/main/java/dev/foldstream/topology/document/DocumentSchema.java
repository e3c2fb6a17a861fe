package dev.foldstream.topology.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The published JSON Schema. The reader checks documents against this very text. */
public final class DocumentSchema {

  private static final String FILE = "/dev/foldstream/topology/topology-1.schema.json";
  private static final String TEXT = load();
  private static final JsonNode TREE = parse();

  private DocumentSchema() {}

  /** The schema as it is served. */
  public static String text() {
    return TEXT;
  }

  static JsonNode tree() {
    return TREE;
  }

  private static String load() {
    try (var in = DocumentSchema.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static JsonNode parse() {
    try {
      return new ObjectMapper().readTree(TEXT);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
