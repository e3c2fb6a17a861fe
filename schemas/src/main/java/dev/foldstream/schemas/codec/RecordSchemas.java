package dev.foldstream.schemas.codec;

import dev.foldstream.schemas.types.RecordType;
import dev.foldstream.schemas.types.Scalar;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import dev.foldstream.schemas.types.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Derives schemas from Java types: the first version of a schema file, or the schema of a state.
 */
public final class RecordSchemas {

  private final String namespace;
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final Map<String, Schema> named = new HashMap<>();

  private RecordSchemas(String namespace) {
    this.namespace = namespace;
  }

  /**
   * The schema of a record, or the union of the records of a sealed interface. Nested types get the
   * same namespace.
   *
   * @throws UnsupportedTypeException when a schema cannot say a type, or two nested types have the
   *     same simple name
   */
  public static Schema schemaOf(Class<?> type, String namespace) {
    return new RecordSchemas(namespace).schema(ValueType.of(type));
  }

  private Schema schema(ValueType type) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar);
      case ValueType.Nullable(var present) -> nullable(schema(present));
      case ValueType.EnumOf(var enumClass) -> constants(enumClass);
      case ValueType.ListOf(var element) -> Schema.createArray(schema(element));
      case ValueType.MapOf(var value) -> Schema.createMap(schema(value));
      case ValueType.Nested(var record) -> record(record);
      case ValueType.OneOf(var _, var records) ->
          Schema.createUnion(records.stream().map(this::record).toList());
    };
  }

  static Schema scalar(Scalar scalar) {
    return switch (scalar) {
      case STRING -> Schema.create(Schema.Type.STRING);
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case DECIMAL ->
          LogicalTypes.decimal(DecimalRule.DEFAULT.precision(), DecimalRule.DEFAULT.scale())
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case INSTANT -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case UUID -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
    };
  }

  private static Schema nullable(Schema present) {
    var branches = new ArrayList<Schema>();
    branches.add(Schema.create(Schema.Type.NULL));
    branches.addAll(present.getType() == Schema.Type.UNION ? present.getTypes() : List.of(present));
    return Schema.createUnion(branches);
  }

  private Schema constants(Class<? extends Enum<?>> type) {
    var known = known(type);
    if (known != null) {
      return known;
    }
    var symbols = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    var schema = Schema.createEnum(type.getSimpleName(), null, namespace, symbols);
    named.put(type.getSimpleName(), schema);
    return schema;
  }

  private Schema record(Class<? extends Record> type) {
    var known = known(type);
    if (known != null) {
      return known;
    }
    var schema = Schema.createRecord(type.getSimpleName(), null, namespace, false);
    named.put(type.getSimpleName(), schema);
    schema.setFields(RecordType.of(type).components().stream().map(this::field).toList());
    return schema;
  }

  private Schema.Field field(RecordType.Component component) {
    var schema = schema(component.type());
    return component.type().nullable()
        ? new Schema.Field(component.name(), schema, null, Schema.Field.NULL_DEFAULT_VALUE)
        : new Schema.Field(component.name(), schema);
  }

  private @Nullable Schema known(Class<?> type) {
    var same = classes.putIfAbsent(type.getSimpleName(), type);
    if (same != null && same != type) {
      throw new UnsupportedTypeException(
          type.getName(), "the schema has %s under the same simple name".formatted(same.getName()));
    }
    return named.get(type.getSimpleName());
  }
}
