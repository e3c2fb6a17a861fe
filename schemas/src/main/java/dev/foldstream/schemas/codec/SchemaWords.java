package dev.foldstream.schemas.codec;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Schemas in a few words, for messages. */
public final class SchemaWords {

  private SchemaWords() {}

  public static String of(Schema schema) {
    var logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return "decimal(%d, %d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    if (logical != null) {
      return of(schema.getType()) + " with logical type " + logical.getName();
    }
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> of(schema.getType()) + " " + schema.getFullName();
      case ARRAY -> "array of " + of(schema.getElementType());
      case MAP -> "map of " + of(schema.getValueType());
      case UNION ->
          schema.getTypes().stream()
              .map(SchemaWords::of)
              .collect(Collectors.joining(", ", "union of [", "]"));
      default -> of(schema.getType());
    };
  }

  static String of(Schema.Type type) {
    return type.getName().toLowerCase(Locale.ROOT);
  }

  /** A union without its null: the one type left, or a union of the others. */
  public static Schema withoutNull(Schema union) {
    if (union.getType() != Schema.Type.UNION) {
      return union;
    }
    var present =
        union.getTypes().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    return present.size() == 1 ? present.getFirst() : Schema.createUnion(present);
  }
}
