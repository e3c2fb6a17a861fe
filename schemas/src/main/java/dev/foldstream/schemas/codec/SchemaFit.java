package dev.foldstream.schemas.codec;

import dev.foldstream.schemas.codec.SchemaMismatchException.Mismatch;
import dev.foldstream.schemas.types.RecordType;
import dev.foldstream.schemas.types.Scalar;
import dev.foldstream.schemas.types.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Walks a Java type and a schema side by side. Collects which record and enum class stands for
 * which named schema, and every place where the two do not fit.
 */
final class SchemaFit {

  private final FieldChanges changes;
  private final List<Mismatch> mismatches = new ArrayList<>();
  private final IdentityHashMap<Schema, Class<?>> visited = new IdentityHashMap<>();
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final IdentityHashMap<Schema, RecordShape> shapes = new IdentityHashMap<>();
  private final Map<String, Class<? extends Enum<?>>> enums = new LinkedHashMap<>();

  private SchemaFit(FieldChanges changes) {
    this.changes = changes;
  }

  /** Checks the fit; throws a {@link SchemaMismatchException} with all that does not. */
  static SchemaFit check(Class<?> type, Schema schema, FieldChanges changes) {
    var fit = new SchemaFit(changes);
    fit.walk(ValueType.of(type), schema, new Place(type.getSimpleName(), ""));
    if (!fit.mismatches.isEmpty()) {
      var name = schema.getType() == Schema.Type.RECORD ? schema.getFullName() : "(union)";
      throw new SchemaMismatchException(type, name, fit.mismatches);
    }
    return fit;
  }

  /** By identity of the schema. */
  IdentityHashMap<Schema, RecordShape> shapes() {
    return shapes;
  }

  Map<String, RecordShape> shapesByName() {
    return shapes.values().stream()
        .collect(
            Collectors.toMap(
                shape -> shape.schema().getFullName(), shape -> shape, (first, same) -> first));
  }

  Map<Class<?>, String> recordNames() {
    return shapes.values().stream()
        .collect(
            Collectors.toMap(
                RecordShape::recordClass,
                shape -> shape.schema().getFullName(),
                (first, same) -> first));
  }

  Map<String, Class<? extends Enum<?>>> enums() {
    return enums;
  }

  private record Place(String type, String field) {}

  private void walk(ValueType type, Schema schema, Place place) {
    switch (type) {
      case Scalar scalar -> scalar(scalar, schema, place);
      case ValueType.Nullable(var present) -> nullable(present, schema, place);
      case ValueType.EnumOf(var enumClass) -> constants(enumClass, schema, place);
      case ValueType.ListOf(var element) -> {
        if (isType(Schema.Type.ARRAY, schema, place)) {
          walk(element, schema.getElementType(), place);
        }
      }
      case ValueType.MapOf(var value) -> {
        if (isType(Schema.Type.MAP, schema, place)) {
          walk(value, schema.getValueType(), place);
        }
      }
      case ValueType.Nested(var record) -> record(record, schema, place);
      case ValueType.OneOf(var _, var records) -> union(records, schema, place);
    }
  }

  private boolean isType(Schema.Type wanted, Schema schema, Place place) {
    if (schema.getType() == wanted) {
      return true;
    }
    mismatch(place, SchemaWords.of(schema), SchemaWords.of(wanted));
    return false;
  }

  private void mismatch(Place place, String found, String wanted) {
    mismatches.add(new Mismatch(place.type(), place.field(), found, wanted));
  }

  private void scalar(Scalar scalar, Schema schema, Place place) {
    var wanted = RecordSchemas.scalar(scalar);
    if (schema.getType() != wanted.getType() || !logicalName(schema).equals(logicalName(wanted))) {
      var words = scalar == Scalar.DECIMAL ? "bytes with logical type decimal" : null;
      mismatch(place, SchemaWords.of(schema), words == null ? SchemaWords.of(wanted) : words);
    }
  }

  private static String logicalName(Schema schema) {
    return schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
  }

  private void nullable(ValueType present, Schema schema, Place place) {
    if (schema.getType() != Schema.Type.UNION || !schema.isNullable()) {
      mismatch(place, SchemaWords.of(schema), "a union with null, because null is a value");
      return;
    }
    walk(present, SchemaWords.withoutNull(schema), place);
  }

  private void constants(Class<? extends Enum<?>> enumClass, Schema schema, Place place) {
    if (!isType(Schema.Type.ENUM, schema, place) || !isNew(enumClass, schema, place)) {
      return;
    }
    var wanted =
        Arrays.stream(enumClass.getEnumConstants())
            .map(Enum::name)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!wanted.equals(Set.copyOf(schema.getEnumSymbols()))) {
      mismatch(place, "the symbols " + schema.getEnumSymbols(), wanted.toString());
    }
    enums.put(schema.getFullName(), enumClass);
  }

  private void record(Class<? extends Record> recordClass, Schema schema, Place place) {
    if (!isType(Schema.Type.RECORD, schema, place) || !isNew(recordClass, schema, place)) {
      return;
    }
    var type = RecordType.of(recordClass);
    int before = mismatches.size();
    for (var component : type.components()) {
      var at = new Place(recordClass.getSimpleName(), component.name());
      var field = schema.getField(component.name());
      if (field == null) {
        mismatch(at, "no such field", "a field for the component");
      } else {
        walk(component.type(), field.schema(), at);
      }
    }
    for (var field : schema.getFields()) {
      if (type.indexOf(field.name()).isEmpty()) {
        var at = new Place(recordClass.getSimpleName(), field.name());
        mismatch(at, SchemaWords.of(field.schema()), "no such field: there is no component");
      }
    }
    if (mismatches.size() == before) {
      shapes.put(schema, new RecordShape(type, schema, changes));
    }
  }

  private void union(List<Class<? extends Record>> records, Schema schema, Place place) {
    if (!isType(Schema.Type.UNION, schema, place)) {
      return;
    }
    var missing = new HashSet<>(schema.getTypes());
    missing.removeIf(branch -> branch.getType() == Schema.Type.NULL);
    for (var record : records) {
      var branch =
          schema.getTypes().stream()
              .filter(candidate -> candidate.getType() == Schema.Type.RECORD)
              .filter(candidate -> candidate.getName().equals(record.getSimpleName()))
              .findFirst();
      if (branch.isEmpty()) {
        mismatch(place, SchemaWords.of(schema), "a branch " + record.getSimpleName());
      } else {
        missing.remove(branch.get());
        record(record, branch.get(), place);
      }
    }
    missing.forEach(branch -> mismatch(place, "a branch " + branch.getName(), "no such branch"));
  }

  /** Whether this pair has yet to be walked; a name that stands for two classes is a mismatch. */
  private boolean isNew(Class<?> type, Schema schema, Place place) {
    var known = classes.putIfAbsent(schema.getFullName(), type);
    if (known != null && known != type) {
      mismatch(place, schema.getFullName() + " for " + known.getName(), type.getName());
      return false;
    }
    return visited.put(schema, type) == null;
  }
}
