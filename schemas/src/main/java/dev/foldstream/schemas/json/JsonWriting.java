package dev.foldstream.schemas.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.schemas.types.RecordType;
import dev.foldstream.schemas.types.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values by what they are; the declared type only decides where a {@code type} is wanted.
 */
final class JsonWriting {

  private JsonWriting() {}

  static void write(@Nullable Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case Double number -> writeDouble(number, out);
      case BigDecimal decimal -> out.writeString(decimal.toPlainString());
      case Instant instant -> out.writeString(instant.toString());
      case LocalDate date -> out.writeString(date.toString());
      case UUID uuid -> out.writeString(uuid.toString());
      case Enum<?> constant -> out.writeString(constant.name());
      case Record record -> writeRecord(record, false, out);
      case Map<?, ?> map -> writeMap(map, null, out);
      case Iterable<?> values -> writeArray(values, null, out);
      default ->
          throw new IllegalArgumentException(
              value.getClass().getName() + " is not a type with a JSON form");
    }
  }

  static void write(@Nullable Object value, @Nullable ValueType declared, JsonGenerator out)
      throws IOException {
    switch (declared == null ? null : declared.withoutNull()) {
      case ValueType.OneOf _ when value instanceof Record record -> writeRecord(record, true, out);
      case ValueType.ListOf(var element) when value instanceof Iterable<?> values ->
          writeArray(values, element, out);
      case ValueType.MapOf(var element) when value instanceof Map<?, ?> map ->
          writeMap(map, element, out);
      case null, default -> write(value, out);
    }
  }

  /** What is no number in JSON is written as null. */
  private static void writeDouble(double number, JsonGenerator out) throws IOException {
    if (Double.isFinite(number)) {
      out.writeNumber(number);
    } else {
      out.writeNull();
    }
  }

  private static void writeRecord(Record record, boolean typed, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    if (typed) {
      out.writeStringField(RecordJson.TYPE, record.getClass().getSimpleName());
    }
    writeFields(record, out);
    out.writeEndObject();
  }

  static void writeFields(Record record, JsonGenerator out) throws IOException {
    var type = RecordType.of(record.getClass());
    var components = type.components();
    for (int index = 0; index < components.size(); index++) {
      out.writeFieldName(components.get(index).name());
      write(type.value(record, index), components.get(index).type(), out);
    }
  }

  private static void writeArray(Iterable<?> values, @Nullable ValueType element, JsonGenerator out)
      throws IOException {
    out.writeStartArray();
    for (var value : values) {
      write(value, element, out);
    }
    out.writeEndArray();
  }

  private static void writeMap(Map<?, ?> map, @Nullable ValueType element, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    for (var entry : map.entrySet()) {
      out.writeFieldName(String.valueOf(entry.getKey()));
      write(entry.getValue(), element, out);
    }
    out.writeEndObject();
  }
}
