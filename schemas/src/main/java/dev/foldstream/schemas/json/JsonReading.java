package dev.foldstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.schemas.types.RecordType;
import dev.foldstream.schemas.types.RefusedByRecordException;
import dev.foldstream.schemas.types.Scalar;
import dev.foldstream.schemas.types.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** One reading of one tree: goes on after a fault, so that all of them are found. */
final class JsonReading {

  private final Function<Class<?>, Optional<Schema>> schemas;
  private final List<JsonFault> faults = new ArrayList<>();

  JsonReading(Function<Class<?>, Optional<Schema>> schemas) {
    this.schemas = schemas;
  }

  List<JsonFault> faults() {
    return faults;
  }

  /** The value, or null after a fault. */
  @Nullable Object read(ValueType type, JsonNode json, String pointer) {
    return value(type, new SchemaWalk(null), json, pointer);
  }

  private @Nullable Object value(ValueType type, SchemaWalk schema, JsonNode json, String pointer) {
    if (json.isNull()) {
      return type.nullable() ? null : fault(pointer, JsonWords.wanted(type), json);
    }
    return switch (type) {
      case Scalar scalar -> scalar(scalar, schema, json, pointer);
      case ValueType.Nullable(var present) -> value(present, schema.withoutNull(), json, pointer);
      case ValueType.EnumOf(var enumClass) -> constant(enumClass, json, pointer);
      case ValueType.ListOf(var element) -> list(element, schema, json, pointer);
      case ValueType.MapOf(var value) -> map(value, schema, json, pointer);
      case ValueType.Nested(var record) -> record(record, schema, json, pointer, false);
      case ValueType.OneOf(var _, var records) -> oneOf(records, schema, json, pointer);
    };
  }

  private @Nullable Object scalar(Scalar scalar, SchemaWalk schema, JsonNode json, String pointer) {
    try {
      return JsonScalars.read(scalar, schema.decimal(), json);
    } catch (JsonScalars.WrongValue wrong) {
      return fault(pointer, wrong.wanted(), json);
    }
  }

  private @Nullable Object constant(Class<? extends Enum<?>> type, JsonNode json, String pointer) {
    for (var constant : type.getEnumConstants()) {
      if (json.isTextual() && constant.name().equals(json.textValue())) {
        return constant;
      }
    }
    return fault(pointer, JsonWords.wanted(new ValueType.EnumOf(type)), json);
  }

  private @Nullable Object list(
      ValueType element, SchemaWalk schema, JsonNode json, String pointer) {
    if (!json.isArray()) {
      return fault(pointer, JsonWords.wanted(new ValueType.ListOf(element)), json);
    }
    var values = new @Nullable Object[json.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] =
          value(element, schema.element(), json.get(index), Pointers.child(pointer, index));
    }
    boolean nulls = Arrays.stream(values).anyMatch(value -> value == null);
    return nulls ? Collections.unmodifiableList(Arrays.asList(values)) : List.of(values);
  }

  private @Nullable Object map(ValueType value, SchemaWalk schema, JsonNode json, String pointer) {
    if (!json.isObject()) {
      return fault(pointer, JsonWords.wanted(new ValueType.MapOf(value)), json);
    }
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (var member : json.properties()) {
      var at = Pointers.child(pointer, member.getKey());
      values.put(member.getKey(), value(value, schema.mapValue(), member.getValue(), at));
    }
    return Collections.unmodifiableMap(values);
  }

  private @Nullable Object oneOf(
      List<Class<? extends Record>> records, SchemaWalk schema, JsonNode json, String pointer) {
    if (!json.isObject()) {
      return fault(pointer, "an object", json);
    }
    var name = json.path(RecordJson.TYPE);
    for (var record : records) {
      if (name.isTextual() && record.getSimpleName().equals(name.textValue())) {
        return record(record, schema.branch(record), json, pointer, true);
      }
    }
    var names = records.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    return fault(Pointers.child(pointer, RecordJson.TYPE), "one of " + names, name);
  }

  private @Nullable Object record(
      Class<? extends Record> recordClass,
      SchemaWalk inherited,
      JsonNode json,
      String pointer,
      boolean typed) {
    if (!json.isObject()) {
      return fault(pointer, "an object", json);
    }
    var type = RecordType.of(recordClass);
    var own = schemas.apply(recordClass);
    var schema = own.isPresent() ? new SchemaWalk(own.get()) : inherited;
    int before = faults.size();
    var values = new @Nullable Object[type.components().size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = component(type.components().get(index), schema, json, pointer);
    }
    refuseUnknown(type, json, pointer, typed);
    return faults.size() == before ? built(type, values, pointer) : null;
  }

  private @Nullable Object component(
      RecordType.Component component, SchemaWalk schema, JsonNode json, String pointer) {
    var at = Pointers.child(pointer, component.name());
    @Nullable JsonNode value = json.get(component.name());
    if (value != null) {
      return value(component.type(), schema.field(component.name()), value, at);
    }
    if (!component.type().nullable()) {
      fault(at, "wanted %s; the field is missing".formatted(JsonWords.wanted(component.type())));
    }
    return null;
  }

  private void refuseUnknown(RecordType type, JsonNode json, String pointer, boolean typed) {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      var name = member.getKey();
      if (type.indexOf(name).isEmpty() && !(typed && name.equals(RecordJson.TYPE))) {
        var known = type.components().stream().map(RecordType.Component::name).toList();
        fault(
            Pointers.child(pointer, name),
            "no such field; %s has %s"
                .formatted(type.type().getSimpleName(), String.join(", ", known)));
      }
    }
  }

  private @Nullable Object built(RecordType type, @Nullable Object[] values, String pointer) {
    try {
      return type.build(values);
    } catch (RefusedByRecordException refused) {
      refused(type, refused.reason(), pointer);
      return null;
    }
  }

  /** A constructor may begin its words with where the fault lies: {@code lines/0/sku: ...}. */
  private void refused(RecordType type, String reason, String pointer) {
    int colon = reason.indexOf(": ");
    var path = colon < 0 ? "" : reason.substring(0, colon);
    int slash = path.indexOf('/');
    if (type.indexOf(slash < 0 ? path : path.substring(0, slash)).isPresent()) {
      fault(pointer + "/" + path, reason.substring(colon + 2));
    } else {
      fault(pointer, reason);
    }
  }

  private @Nullable Object fault(String pointer, String wanted, JsonNode found) {
    fault(pointer, "wanted %s; found %s".formatted(wanted, JsonWords.found(found)));
    return null;
  }

  private void fault(String pointer, String detail) {
    if (faults.size() < RecordJson.MAX_FAULTS) {
      faults.add(new JsonFault(pointer, detail));
    }
  }
}
