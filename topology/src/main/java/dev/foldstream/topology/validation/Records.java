package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.TopologyDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Schemas of the records that steps make. */
final class Records {

  private final String namespace;

  Records(TopologyDocument document) {
    this.namespace = "topology." + document.name().replace('-', '_');
  }

  /** A record with these fields in this order. */
  Schema record(String step, @Nullable String type, Map<String, Schema> fields) {
    var made = new ArrayList<Schema.Field>();
    fields.forEach(
        (name, schema) ->
            made.add(
                schema.isNullable() && nullFirst(schema)
                    ? new Schema.Field(name, schema, null, Schema.Field.NULL_DEFAULT_VALUE)
                    : new Schema.Field(name, schema)));
    return Schema.createRecord(
        type == null ? pascal(step) : type, "Made by %s.".formatted(step), namespace, false, made);
  }

  private static boolean nullFirst(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        && schema.getTypes().getFirst().getType() == Schema.Type.NULL;
  }

  static Map<String, Schema> fields(Schema record) {
    var fields = new LinkedHashMap<String, Schema>();
    record.getFields().forEach(field -> fields.put(field.name(), field.schema()));
    return fields;
  }

  static Schema text() {
    return Schema.create(Schema.Type.STRING);
  }

  static Schema time() {
    return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
  }

  static Schema optional(Schema schema) {
    return schema.isNullable()
        ? schema
        : Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), schema));
  }

  private static String pascal(String name) {
    var pascal = new StringBuilder();
    boolean begins = true;
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter == '-' || letter == '_') {
        begins = true;
      } else {
        pascal.append(begins ? Character.toUpperCase(letter) : letter);
        begins = false;
      }
    }
    return pascal.toString();
  }
}
