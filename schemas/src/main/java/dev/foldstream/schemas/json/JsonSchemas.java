package dev.foldstream.schemas.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.schemas.codec.DecimalRule;
import dev.foldstream.schemas.types.RecordType;
import dev.foldstream.schemas.types.Scalar;
import dev.foldstream.schemas.types.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes one JSON Schema document; nested records are definitions in it. */
final class JsonSchemas {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private record Definition(Class<?> type, boolean typed) {}

  private final Function<Class<?>, Optional<Schema>> schemas;
  private final ObjectNode definitions = NODES.objectNode();
  private final Map<Definition, String> names = new HashMap<>();

  JsonSchemas(Function<Class<?>, Optional<Schema>> schemas) {
    this.schemas = schemas;
  }

  ObjectNode document(Class<?> type) {
    var document = NODES.objectNode().put("$schema", DIALECT).put("title", type.getSimpleName());
    if (type.isRecord()) {
      document.setAll(object(type.asSubclass(Record.class), new SchemaWalk(null), false));
    } else {
      document.setAll(schema(ValueType.of(type), new SchemaWalk(null)));
    }
    if (!definitions.isEmpty()) {
      document.set("$defs", definitions);
    }
    return document;
  }

  private ObjectNode schema(ValueType type, SchemaWalk walk) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar, walk.decimal());
      case ValueType.Nullable(var present) -> nullable(schema(present, walk.withoutNull()));
      case ValueType.EnumOf(var enumClass) -> constants(enumClass);
      case ValueType.ListOf(var element) ->
          NODES.objectNode().put("type", "array").set("items", schema(element, walk.element()));
      case ValueType.MapOf(var value) ->
          NODES
              .objectNode()
              .put("type", "object")
              .set("additionalProperties", schema(value, walk.mapValue()));
      case ValueType.Nested(var record) -> reference(record, walk, false);
      case ValueType.OneOf oneOf -> oneOf(oneOf, walk);
    };
  }

  private static ObjectNode nullable(ObjectNode present) {
    var union = NODES.objectNode();
    union.putArray("anyOf").add(present).add(typed("null"));
    return union;
  }

  private static ObjectNode constants(Class<? extends Enum<?>> type) {
    var schema = typed("string");
    var symbols = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).map(Enum::name).forEach(symbols::add);
    return schema;
  }

  private ObjectNode oneOf(ValueType.OneOf type, SchemaWalk walk) {
    var schema = NODES.objectNode();
    var branches = schema.putArray("oneOf");
    type.records().forEach(record -> branches.add(reference(record, walk.branch(record), true)));
    return schema;
  }

  private ObjectNode reference(Class<? extends Record> record, SchemaWalk walk, boolean typed) {
    var definition = new Definition(record, typed);
    var name = names.get(definition);
    if (name == null) {
      name = freeName(record);
      names.put(definition, name);
      definitions.putNull(name);
      definitions.set(name, object(record, walk, typed));
    }
    return NODES.objectNode().put("$ref", "#/$defs/" + name);
  }

  private String freeName(Class<?> record) {
    var name = record.getSimpleName();
    for (int number = 2; names.containsValue(name); number++) {
      name = record.getSimpleName() + number;
    }
    return name;
  }

  private ObjectNode object(Class<? extends Record> record, SchemaWalk inherited, boolean typed) {
    var walk = schemas.apply(record).map(SchemaWalk::new).orElse(inherited);
    var schema = typed("object");
    describe(schema, walk.schema() == null ? null : walk.schema().getDoc());
    var properties = NODES.objectNode();
    var required = NODES.arrayNode();
    if (typed) {
      properties.putObject(RecordJson.TYPE).put("const", record.getSimpleName());
      required.add(RecordJson.TYPE);
    }
    for (var component : RecordType.of(record).components()) {
      properties.set(component.name(), property(component, walk));
      if (!component.type().nullable()) {
        required.add(component.name());
      }
    }
    schema.set("properties", properties);
    schema.set("required", required);
    return schema.put("additionalProperties", false);
  }

  private ObjectNode property(RecordType.Component component, SchemaWalk walk) {
    var property = schema(component.type(), walk.field(component.name()));
    var field = walk.schema() == null ? null : walk.schema().getField(component.name());
    describe(property, field == null ? null : field.doc());
    return property;
  }

  private static void describe(ObjectNode schema, @Nullable String doc) {
    if (doc != null) {
      schema.put("description", doc);
    }
  }

  private static ObjectNode scalar(Scalar scalar, DecimalRule rule) {
    return switch (scalar) {
      case STRING -> typed("string");
      case INT ->
          typed("integer").put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
      case LONG -> typed("integer").put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
      case BOOLEAN -> typed("boolean");
      case DOUBLE -> typed("number");
      case DECIMAL -> decimal(rule);
      case INSTANT -> typed("string").put("format", "date-time");
      case DATE -> typed("string").put("format", "date");
      case UUID -> typed("string").put("format", "uuid");
    };
  }

  private static ObjectNode decimal(DecimalRule rule) {
    var schema = NODES.objectNode();
    schema.putArray("type").add("string").add("number");
    var fraction = rule.scale() == 0 ? "" : "(\\.[0-9]{1,%d})?".formatted(rule.scale());
    return schema.put(
        "pattern", "^-?[0-9]{1,%d}%s$".formatted(rule.precision() - rule.scale(), fraction));
  }

  private static ObjectNode typed(String type) {
    return NODES.objectNode().put("type", type);
  }
}
