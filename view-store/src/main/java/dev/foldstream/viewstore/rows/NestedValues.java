package dev.foldstream.viewstore.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of a row as JSON and back. This is the stored form. */
final class NestedValues {

  /** Names the record behind a sealed interface. */
  private static final String TYPE = "type";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ClassValue<RowShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RowShape computeValue(Class<?> type) {
          return RowShape.of(type.asSubclass(Record.class));
        }
      };

  private NestedValues() {}

  /** A component of a nested record by name. */
  static @Nullable Object component(Record record, String name) {
    return SHAPES.get(record.getClass()).value(record, name);
  }

  static JsonNode write(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case String text -> NODES.textNode(text);
      case BigDecimal decimal -> NODES.textNode(decimal.toPlainString());
      case Integer number -> NODES.numberNode(number);
      case Short number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      case Instant instant -> NODES.textNode(instant.truncatedTo(ChronoUnit.MICROS).toString());
      case LocalDate date -> NODES.textNode(date.toString());
      case UUID uuid -> NODES.textNode(uuid.toString());
      case Enum<?> constant -> NODES.textNode(constant.name());
      case Record record -> record(record);
      case Collection<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      default ->
          throw new IllegalArgumentException(
              "a row is made of values, records, lists and maps; found "
                  + value.getClass().getName());
    };
  }

  private static ObjectNode record(Record record) {
    RowShape shape = SHAPES.get(record.getClass());
    ObjectNode node = NODES.objectNode();
    if (sealed(record.getClass())) {
      node.put(TYPE, record.getClass().getSimpleName());
    }
    for (int i = 0; i < shape.columns().size(); i++) {
      node.set(shape.columns().get(i).name(), write(shape.value(record, i)));
    }
    return node;
  }

  private static boolean sealed(Class<?> record) {
    for (Class<?> above : record.getInterfaces()) {
      if (above.isSealed()) {
        return true;
      }
    }
    return false;
  }

  private static ArrayNode list(Collection<?> list) {
    ArrayNode node = NODES.arrayNode(list.size());
    list.forEach(element -> node.add(write(element)));
    return node;
  }

  private static ObjectNode map(Map<?, ?> map) {
    ObjectNode node = NODES.objectNode();
    map.forEach((key, value) -> node.set(String.valueOf(key), write(value)));
    return node;
  }

  static @Nullable Object read(JsonNode node, Type type) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    return switch (type) {
      case ParameterizedType generic -> generic(node, generic);
      case Class<?> plain -> plain(node, plain);
      default -> throw unreadable(node, type);
    };
  }

  private static Object generic(JsonNode node, ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      var list = new ArrayList<@Nullable Object>(node.size());
      node.forEach(element -> list.add(read(element, arguments[0])));
      return Collections.unmodifiableList(list);
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      node.properties()
          .forEach(entry -> map.put(entry.getKey(), read(entry.getValue(), arguments[1])));
      return Collections.unmodifiableMap(map);
    }
    throw unreadable(node, type);
  }

  private static Object plain(JsonNode node, Class<?> type) {
    return switch (RowShape.columnType(type)) {
      case TEXT -> node.asText();
      case INTEGER -> integer(node, type);
      case BIGINT -> node.longValue();
      case DECIMAL -> new BigDecimal(node.asText());
      case DOUBLE -> node.doubleValue();
      case BOOLEAN -> node.booleanValue();
      case TIMESTAMP -> Instant.parse(node.asText());
      case DATE -> LocalDate.parse(node.asText());
      case UUID -> UUID.fromString(node.asText());
      case ENUM -> constant(node, type);
      case ARRAY, JSON -> nested(node, type);
    };
  }

  private static Object integer(JsonNode node, Class<?> type) {
    return type == short.class || type == Short.class
        ? (Object) node.shortValue()
        : (Object) node.intValue();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object constant(JsonNode node, Class<?> type) {
    return Enum.valueOf((Class) type, node.asText());
  }

  private static Object nested(JsonNode node, Class<?> type) {
    if (type.isRecord()) {
      RowShape shape = SHAPES.get(type);
      RecordComponent[] components = type.getRecordComponents();
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < components.length; i++) {
        JsonNode value = node.get(components[i].getName());
        values[i] = value == null ? null : read(value, components[i].getGenericType());
      }
      return shape.create(values);
    }
    if (type.isSealed()) {
      String name = node.path(TYPE).asText();
      return Arrays.stream(type.getPermittedSubclasses())
          .filter(record -> record.getSimpleName().equals(name))
          .findFirst()
          .map(record -> nested(node, record))
          .orElseThrow(() -> unreadable(node, type));
    }
    throw unreadable(node, type);
  }

  private static IllegalStateException unreadable(JsonNode node, Type type) {
    return new IllegalStateException(
        "a stored %s was wanted; found %s".formatted(type.getTypeName(), node.getNodeType()));
  }
}
