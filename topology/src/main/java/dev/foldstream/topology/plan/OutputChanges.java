package dev.foldstream.topology.plan;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.schemas.compatibility.SchemaDifferences;
import java.util.List;
import org.apache.avro.Schema;

/** What readers of an output topic would not survive. */
final class OutputChanges {

  private OutputChanges() {}

  static void between(Fingerprint old, Fingerprint next, List<String> found) {
    for (var entry : old.outputs().entrySet()) {
      String now = next.outputs().get(entry.getKey());
      if (now == null || TopicNames.isViewRows(entry.getKey())) {
        continue;
      }
      if (!keyOf(now).equals(keyOf(entry.getValue()))) {
        found.add(
            "the key of %s differs: what was written before lies under other keys"
                .formatted(entry.getKey()));
      }
      schemas(entry.getKey(), schemaOf(entry.getValue()), schemaOf(now), found);
    }
  }

  private static void schemas(String name, String old, String next, List<String> found) {
    var before = schemas(old);
    for (Schema now : schemas(next)) {
      before.stream()
          .filter(one -> one.getFullName().equals(now.getFullName()))
          .flatMap(one -> SchemaDifferences.between(now, one).stream())
          .distinct()
          .forEach(difference -> found.add("readers of %s: %s".formatted(name, difference)));
      before.stream()
          .filter(one -> one.getFullName().equals(now.getFullName()))
          .forEach(one -> meanings(name, one, now, found));
    }
  }

  /** Avro reads the bytes of a decimal as a text without complaint. */
  private static void meanings(String name, Schema old, Schema next, List<String> found) {
    for (var field : old.getFields()) {
      var now = next.getField(field.name());
      if (now != null && !meaning(field.schema()).equals(meaning(now.schema()))) {
        found.add(
            "readers of %s: %s was %s and would be %s"
                .formatted(name, field.name(), meaning(field.schema()), meaning(now.schema())));
      }
    }
  }

  private static String meaning(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return schema.getTypes().stream()
          .filter(one -> one.getType() != Schema.Type.NULL)
          .map(OutputChanges::meaning)
          .toList()
          .toString()
          .replaceAll("[\\[\\]]", "");
    }
    return schema.getLogicalType() == null ? "a plain value" : schema.getLogicalType().getName();
  }

  private static List<Schema> schemas(String json) {
    Schema union = new Schema.Parser().parse(json);
    return union.getType() == Schema.Type.UNION ? union.getTypes() : List.of(union);
  }

  private static String schemaOf(String output) {
    return output.substring(output.indexOf('|') + 1);
  }

  private static String keyOf(String output) {
    return output.substring(0, output.indexOf('|'));
  }
}
