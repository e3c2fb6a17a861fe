package dev.foldstream.topology.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Generic records from JSON in the forms of Foldstream, with the defaults of the schema. */
public final class AvroJsonReader {

  private AvroJsonReader() {}

  /**
   * The record.
   *
   * @throws IllegalArgumentException saying which field has a value of another type, or none
   */
  public static GenericRecord read(Schema schema, JsonNode json) {
    var record = new GenericData.Record(schema);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (schema.getField(name) == null) {
                throw new IllegalArgumentException(
                    "%s has no field %s".formatted(schema.getFullName(), name));
              }
            });
    for (var field : schema.getFields()) {
      JsonNode value = json.get(field.name());
      if (value == null && !field.hasDefaultValue()) {
        throw new IllegalArgumentException(
            "%s wants the field %s".formatted(schema.getFullName(), field.name()));
      }
      record.put(
          field.pos(),
          value == null
              ? GenericData.get().getDefaultValue(field)
              : value(field.schema(), value, field.name()));
    }
    return record;
  }

  private static @Nullable Object value(Schema schema, JsonNode json, String name) {
    if (schema.getType() == Schema.Type.UNION) {
      return json.isNull() ? null : value(AvroValues.withoutNull(schema), json, name);
    }
    try {
      return switch (schema.getType()) {
        case RECORD -> read(schema, json);
        case ARRAY -> {
          var list = new GenericData.Array<>(json.size(), schema);
          for (JsonNode one : json) {
            list.add(value(schema.getElementType(), one, name));
          }
          yield list;
        }
        case MAP -> {
          Map<String, @Nullable Object> map = new LinkedHashMap<>();
          json.properties()
              .forEach(e -> map.put(e.getKey(), value(schema.getValueType(), e.getValue(), name)));
          yield map;
        }
        case BYTES ->
            schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? AvroValues.decimal(new BigDecimal(json.asText()), decimal)
                : ByteBuffer.wrap(Base64.getDecoder().decode(json.asText()));
        default -> AvroValues.toAvro(schema, scalar(schema, json));
      };
    } catch (RuntimeException fault) {
      throw new IllegalArgumentException(
          "%s: %s does not fit %s (%s)".formatted(name, json, schema, fault.getMessage()), fault);
    }
  }

  private static Object scalar(Schema schema, JsonNode json) {
    var logical = schema.getLogicalType();
    if (logical != null && logical.getName().startsWith("timestamp")) {
      return Instant.parse(json.asText());
    }
    if (logical != null && logical.getName().startsWith("time-")) {
      return Duration.parse(json.asText());
    }
    boolean fits =
        switch (schema.getType()) {
          case INT, LONG -> logical != null || json.isIntegralNumber();
          case FLOAT, DOUBLE -> json.isNumber();
          case BOOLEAN -> json.isBoolean();
          default -> json.isTextual();
        };
    if (!fits) {
      throw new IllegalArgumentException("wanted another type");
    }
    return switch (schema.getType()) {
      case INT, LONG -> json.isTextual() ? (Object) json.asText() : (Object) json.longValue();
      case FLOAT, DOUBLE -> json.doubleValue();
      case BOOLEAN -> json.booleanValue();
      default -> json.asText();
    };
  }
}
