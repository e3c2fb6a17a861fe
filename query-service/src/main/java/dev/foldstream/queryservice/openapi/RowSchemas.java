package dev.foldstream.queryservice.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowShape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as they are answered, as schemas: decimals are exact texts. */
final class RowSchemas {

  private static final int MAX_DEPTH = 8;

  private RowSchemas() {}

  /** The schema of a row record. */
  static ObjectNode of(Class<?> row) {
    return record(row, 0);
  }

  private static ObjectNode record(Class<?> type, int depth) {
    ObjectNode schema = typed("object");
    if (depth > MAX_DEPTH) {
      return schema;
    }
    ArrayNode required = schema.putArray("required");
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode property = of(component.getGenericType(), depth + 1);
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        property.put("nullable", true);
      }
      properties.set(component.getName(), property);
      required.add(component.getName());
    }
    return schema;
  }

  private static ObjectNode of(Type type, int depth) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      ObjectNode schema = typed(generic.getRawType() == List.class ? "array" : "object");
      if (generic.getRawType() == List.class) {
        schema.set("items", of(arguments[0], depth));
      } else if (generic.getRawType() == Map.class) {
        schema.set("additionalProperties", of(arguments[1], depth));
      }
      return schema;
    }
    return type instanceof Class<?> plain ? plain(plain, depth) : typed("object");
  }

  private static ObjectNode plain(Class<?> type, int depth) {
    if (type.isRecord()) {
      return record(type, depth);
    }
    return value(RowShape.columnType(type), type);
  }

  /** The schema of one value. */
  static ObjectNode value(ViewColumnType kind, Class<?> type) {
    return switch (kind) {
      case TEXT -> typed("string");
      case INTEGER -> typed("integer").put("format", "int32");
      case BIGINT -> typed("integer").put("format", "int64");
      case DECIMAL -> typed("string").put("format", "decimal").put("example", "19.90");
      case DOUBLE -> typed("number").put("format", "double");
      case BOOLEAN -> typed("boolean");
      case TIMESTAMP -> typed("string").put("format", "date-time");
      case DATE -> typed("string").put("format", "date");
      case UUID -> typed("string").put("format", "uuid");
      case ENUM -> constants(type);
      case ARRAY, JSON -> typed("object");
    };
  }

  private static ObjectNode constants(Class<?> type) {
    ObjectNode schema = typed("string");
    ArrayNode names = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).forEach(c -> names.add(((Enum<?>) c).name()));
    return schema;
  }

  static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
