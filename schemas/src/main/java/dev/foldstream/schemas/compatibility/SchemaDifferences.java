package dev.foldstream.schemas.compatibility;

import dev.foldstream.schemas.codec.LogicalTypeDifferences;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Why values written with one schema cannot be read with another. */
public final class SchemaDifferences {

  private SchemaDifferences() {}

  /**
   * Every reason, with the path of its field; empty when all values can be read and mean the same.
   * Stricter than Avro, which does not look at logical types.
   */
  public static List<String> between(Schema reader, Schema writer) {
    var reasons = new ArrayList<String>();
    SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .forEach(incompatibility -> reasons.add(words(reader, incompatibility)));
    reasons.addAll(LogicalTypeDifferences.between(reader, writer));
    return reasons.stream().distinct().toList();
  }

  private static String words(Schema reader, Incompatibility incompatibility) {
    var path = FieldPath.of(reader, incompatibility.getLocation());
    var where = path.isEmpty() ? reader.getFullName() : "field " + path;
    return where
        + ": "
        + switch (incompatibility.getType()) {
          case READER_FIELD_MISSING_DEFAULT_VALUE -> "is not in what was stored and has no default";
          case TYPE_MISMATCH -> "has another type: " + incompatibility.getMessage();
          case MISSING_ENUM_SYMBOLS ->
              "lacks symbols that were stored: " + incompatibility.getMessage();
          case MISSING_UNION_BRANCH ->
              "lacks a type that was stored: " + incompatibility.getMessage();
          case NAME_MISMATCH -> "has another name: " + incompatibility.getMessage();
          case FIXED_SIZE_MISMATCH -> "has another size: " + incompatibility.getMessage();
        };
  }
}
