package dev.foldstream.topology.expressions;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Types of Avro as those of CEL. A field that may be null has the type of its value and may be
 * absent, which {@code has()} tells.
 */
@SuppressWarnings("Immutable") // filled before CEL sees it
final class AvroTypes implements CelTypeProvider {

  private final Map<String, StructType> structs = new LinkedHashMap<>();
  private final Map<String, Schema> records = new HashMap<>();

  /** A record by its schema. */
  CelType record(Schema schema) {
    String name = nameFor(schema);
    if (!structs.containsKey(name)) {
      records.put(name, schema);
      var types = new LinkedHashMap<String, CelType>();
      struct(name, types, schema.getFields().stream().map(Schema.Field::name).toList());
      schema.getFields().forEach(field -> types.put(field.name(), of(field.schema())));
    }
    return StructTypeReference.create(name);
  }

  /** What records have in common, and what some of them have beside it. */
  CelType oneOf(List<Schema> schemas) {
    if (schemas.size() == 1) {
      return record(schemas.getFirst());
    }
    var types = new LinkedHashMap<String, CelType>();
    var names = new TreeSet<String>();
    for (Schema schema : schemas) {
      names.add(schema.getFullName());
      for (var field : schema.getFields()) {
        types.merge(
            field.name(),
            of(field.schema()),
            (one, other) -> one.equals(other) ? one : SimpleType.DYN);
      }
    }
    String name = String.join("_or_", names);
    struct(name, types, List.copyOf(types.keySet()));
    return StructTypeReference.create(name);
  }

  CelType struct(String name, Map<String, CelType> types) {
    struct(name, types, List.copyOf(types.keySet()));
    return StructTypeReference.create(name);
  }

  private void struct(String name, Map<String, CelType> types, List<String> fields) {
    structs.put(
        name,
        StructType.create(
            name, ImmutableSet.copyOf(fields), field -> Optional.ofNullable(types.get(field))));
  }

  /** Two versions of a record have the same name; they are told apart by a number. */
  private String nameFor(Schema schema) {
    String name = schema.getFullName();
    for (int i = 2; ; i++) {
      Schema known = records.get(name);
      if (known == null || known.equals(schema)) {
        return name;
      }
      name = schema.getFullName() + "_" + i;
    }
  }

  CelType of(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM, STRING -> SimpleType.STRING;
      case INT -> ofInt(schema);
      case LONG -> ofLong(schema);
      case FLOAT, DOUBLE -> SimpleType.DOUBLE;
      case BOOLEAN -> SimpleType.BOOL;
      case BYTES, FIXED ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal
              ? Decimals.TYPE
              : SimpleType.BYTES;
      case ARRAY -> ListType.create(of(schema.getElementType()));
      case MAP -> MapType.create(SimpleType.STRING, of(schema.getValueType()));
      case UNION -> ofUnion(schema);
      case NULL -> SimpleType.NULL_TYPE;
    };
  }

  private static CelType ofInt(Schema schema) {
    var logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Date) {
      return SimpleType.STRING;
    }
    return logical instanceof LogicalTypes.TimeMillis ? SimpleType.DURATION : SimpleType.INT;
  }

  private static CelType ofLong(Schema schema) {
    var logical = schema.getLogicalType();
    if (logical == null) {
      return SimpleType.INT;
    }
    return switch (logical.getName()) {
      case "timestamp-micros", "timestamp-millis" -> SimpleType.TIMESTAMP;
      case "time-micros" -> SimpleType.DURATION;
      default -> SimpleType.INT;
    };
  }

  private CelType ofUnion(Schema union) {
    var types = union.getTypes().stream().filter(t -> t.getType() != Schema.Type.NULL).toList();
    if (types.isEmpty()) {
      return SimpleType.NULL_TYPE;
    }
    if (types.stream().allMatch(type -> type.getType() == Schema.Type.RECORD)) {
      return oneOf(types);
    }
    return types.size() == 1 ? of(types.getFirst()) : SimpleType.DYN;
  }

  /** The schema of a record that a type of this name stands for. */
  @Nullable Schema schema(String name) {
    return records.get(name);
  }

  /** All names of fields, for hints. */
  Set<String> fieldNames() {
    var names = new TreeSet<String>();
    structs.values().forEach(struct -> names.addAll(struct.fieldNames()));
    return names;
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(structs.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(structs.get(name));
  }
}
