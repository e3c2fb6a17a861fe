package dev.foldstream.topology.expressions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cel.common.values.CelByteString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Generic records as JSON, in the forms of Foldstream: exact decimals and times as strings, bytes
 * as Base64.
 */
public final class AvroJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AvroJson() {}

  public static String write(GenericRecord record) {
    var text = new StringWriter();
    try (var out = JSON.createGenerator(text)) {
      record(record, out);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return text.toString();
  }

  private static void record(GenericRecord record, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (var field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      out.writeFieldName(field.name());
      if (value == null) {
        out.writeNull();
      } else if (value instanceof GenericRecord inner) {
        record(inner, out);
      } else {
        value(decimalWithScale(field.schema(), value), out);
      }
    }
    out.writeEndObject();
  }

  /** A decimal keeps the digits of its schema, also those that are zero. */
  private static Object decimalWithScale(org.apache.avro.Schema schema, Object value) {
    var present = AvroValues.withoutNull(schema);
    Object cel = AvroValues.toCel(present, value);
    return cel instanceof BigDecimal decimal
            && present.getLogicalType() instanceof org.apache.avro.LogicalTypes.Decimal type
        ? decimal.setScale(type.getScale())
        : cel;
  }

  private static void value(@Nullable Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case Long number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case Double _ -> out.writeNull();
      case Boolean truth -> out.writeBoolean(truth);
      case BigDecimal decimal -> out.writeString(decimal.toPlainString());
      case CelByteString bytes ->
          out.writeString(Base64.getEncoder().encodeToString(bytes.toByteArray()));
      case RecordView view -> record(view.record(), out);
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName(String.valueOf(entry.getKey()));
          value(entry.getValue(), out);
        }
        out.writeEndObject();
      }
      case Iterable<?> values -> {
        out.writeStartArray();
        for (Object one : values) {
          value(one, out);
        }
        out.writeEndArray();
      }
      default -> out.writeString(value.toString());
    }
  }
}
