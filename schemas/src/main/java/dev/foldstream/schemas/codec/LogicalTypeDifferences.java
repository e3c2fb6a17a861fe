package dev.foldstream.schemas.codec;

import static org.apache.avro.Schema.Type.BYTES;
import static org.apache.avro.Schema.Type.DOUBLE;
import static org.apache.avro.Schema.Type.FLOAT;
import static org.apache.avro.Schema.Type.INT;
import static org.apache.avro.Schema.Type.LONG;
import static org.apache.avro.Schema.Type.RECORD;
import static org.apache.avro.Schema.Type.STRING;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where two schemas give the same bytes another meaning. Avro's resolution looks at the types of
 * the bytes alone: it would read a decimal of scale 4 as one of scale 2, a hundred times too large,
 * and the bytes of a decimal as a text.
 */
public final class LogicalTypeDifferences {

  /** What Avro reads as another type than it was written as. */
  private static final Map<Schema.Type, Set<Schema.Type>> READ_AS =
      Map.of(
          INT, Set.of(LONG, FLOAT, DOUBLE),
          LONG, Set.of(FLOAT, DOUBLE),
          FLOAT, Set.of(DOUBLE),
          BYTES, Set.of(STRING),
          STRING, Set.of(BYTES));

  private record Pair(Schema reader, Schema writer) {}

  private final Set<Pair> visited = new HashSet<>();
  private final List<String> found = new ArrayList<>();

  private LogicalTypeDifferences() {}

  /** Each difference with the path of its field; empty when values mean the same. */
  public static List<String> between(Schema reader, Schema writer) {
    var differences = new LogicalTypeDifferences();
    differences.walk(reader, Schema.applyAliases(writer, reader), "");
    return differences.found;
  }

  private void walk(Schema reader, Schema writer, String path) {
    if (reader.getType() == Schema.Type.UNION || writer.getType() == Schema.Type.UNION) {
      walkUnions(reader, writer, path);
    } else if (reader.getType() == writer.getType()) {
      walkSameType(reader, writer, path);
    } else if (isReadAs(writer, reader)) {
      compare(reader, writer, path);
    }
  }

  private static boolean isReadAs(Schema writer, Schema reader) {
    return READ_AS.getOrDefault(writer.getType(), Set.of()).contains(reader.getType());
  }

  private void walkSameType(Schema reader, Schema writer, String path) {
    switch (reader.getType()) {
      case RECORD -> walkFields(reader, writer, path);
      case ARRAY -> walk(reader.getElementType(), writer.getElementType(), path + "[]");
      case MAP -> walk(reader.getValueType(), writer.getValueType(), path + "{}");
      default -> compare(reader, writer, path);
    }
  }

  private void compare(Schema reader, Schema writer, String path) {
    if (!sameMeaning(reader.getLogicalType(), writer.getLogicalType())) {
      found.add(
          "%s: written as %s, read as %s"
              .formatted(
                  path.isEmpty() ? "the value" : "field " + path,
                  SchemaWords.of(writer),
                  SchemaWords.of(reader)));
    }
  }

  private void walkFields(Schema reader, Schema writer, String path) {
    if (!visited.add(new Pair(reader, writer))) {
      return;
    }
    for (var field : reader.getFields()) {
      var written = writer.getField(field.name());
      if (written != null) {
        var name = path.isEmpty() ? field.name() : path + "." + field.name();
        walk(field.schema(), written.schema(), name);
      }
    }
  }

  /** Each branch is read as the one of its type, or else as the first that takes it. */
  private void walkUnions(Schema reader, Schema writer, String path) {
    for (Schema written : branches(writer)) {
      List<Schema> read = branches(reader);
      Optional<Schema> same = read.stream().filter(it -> isSame(it, written)).findFirst();
      same.or(() -> read.stream().filter(it -> isReadAs(written, it)).findFirst())
          .ifPresent(it -> walk(it, written, path));
    }
  }

  private static boolean isSame(Schema read, Schema written) {
    return read.getType() == written.getType()
        && (read.getType() != RECORD || read.getFullName().equals(written.getFullName()));
  }

  private static List<Schema> branches(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
  }

  /** More digits than before are the same meaning; another scale is not. */
  private static boolean sameMeaning(@Nullable LogicalType reader, @Nullable LogicalType writer) {
    if (reader instanceof LogicalTypes.Decimal read
        && writer instanceof LogicalTypes.Decimal written) {
      return read.getScale() == written.getScale() && read.getPrecision() >= written.getPrecision();
    }
    return Objects.equals(
        reader == null ? null : reader.getName(), writer == null ? null : writer.getName());
  }
}
