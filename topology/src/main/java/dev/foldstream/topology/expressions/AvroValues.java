package dev.foldstream.topology.expressions;

import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Values of Avro as those of CEL, and back. Avro's are generic, without conversions. */
public final class AvroValues {

  private static final long MICROS = 1_000_000;

  private AvroValues() {}

  static Object toCel(Schema schema, Object value) {
    return switch (schema.getType()) {
      case RECORD -> new RecordView((GenericRecord) value);
      case ENUM, STRING -> value.toString();
      case INT -> ofInt(schema, (Integer) value);
      case LONG -> ofLong(schema, (Long) value);
      case FLOAT -> ((Float) value).doubleValue();
      case BYTES -> ofBytes(schema, bytes((ByteBuffer) value));
      case FIXED -> ofBytes(schema, ((GenericFixed) value).bytes());
      case ARRAY -> list(schema.getElementType(), (List<?>) value);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
      case UNION -> toCel(branch(schema, value), value);
      case DOUBLE, BOOLEAN, NULL -> value;
    };
  }

  static Schema branch(Schema union, @Nullable Object value) {
    return union.getTypes().get(GenericData.get().resolveUnion(union, value));
  }

  private static Object ofInt(Schema schema, int value) {
    var logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Date) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (logical instanceof LogicalTypes.TimeMillis) {
      return Duration.ofMillis(value);
    }
    return (long) value;
  }

  private static Object ofLong(Schema schema, long value) {
    var logical = schema.getLogicalType();
    if (logical == null) {
      return value;
    }
    return switch (logical.getName()) {
      case "timestamp-micros" -> instant(value);
      case "timestamp-millis" -> Instant.ofEpochMilli(value);
      case "time-micros" -> Duration.ofNanos(Math.multiplyExact(value, 1000));
      default -> value;
    };
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  private static Object ofBytes(Schema schema, byte[] bytes) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? Decimals.of(bytes, decimal.getScale())
        : CelByteString.of(bytes);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static List<Object> list(Schema element, List<?> values) {
    var list = new ArrayList<>(values.size());
    for (Object value : values) {
      list.add(toCel(element, value));
    }
    return list;
  }

  private static Map<String, Object> map(Schema element, Map<?, ?> values) {
    var map = new LinkedHashMap<String, Object>();
    values.forEach((key, value) -> map.put(key.toString(), toCel(element, value)));
    return map;
  }

  /**
   * A value of CEL in the form that the schema wants.
   *
   * @throws ArithmeticException when a number does not fit
   * @throws ClassCastException when it is a value of another type
   */
  public static @Nullable Object toAvro(Schema schema, @Nullable Object value) {
    if (schema.getType() == Schema.Type.UNION) {
      Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      return present == null || present instanceof dev.cel.common.values.NullValue
          ? null
          : toAvro(withoutNull(schema), present);
    }
    if (value == null) {
      throw new ArithmeticException("there is no value");
    }
    return switch (schema.getType()) {
      case RECORD -> ((RecordView) value).record();
      case ENUM -> new GenericData.EnumSymbol(schema, (String) value);
      case STRING -> (String) value;
      case INT ->
          schema.getLogicalType() instanceof LogicalTypes.Date
              ? (Object) Math.toIntExact(LocalDate.parse((String) value).toEpochDay())
              : (Object) Math.toIntExact((Long) value);
      case LONG -> toLong(schema, value);
      case FLOAT -> ((Double) value).floatValue();
      case BYTES -> toBytes(schema, value);
      case ARRAY -> {
        var list = new GenericData.Array<>(((List<?>) value).size(), schema);
        for (Object one : (List<?>) value) {
          list.add(toAvro(schema.getElementType(), one));
        }
        yield list;
      }
      case MAP -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        ((Map<?, ?>) value)
            .forEach((key, one) -> map.put((String) key, toAvro(schema.getValueType(), one)));
        yield map;
      }
      case FIXED, DOUBLE, BOOLEAN, NULL, UNION -> value;
    };
  }

  /** The one type of an optional one. */
  public static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    var types =
        schema.getTypes().stream().filter(one -> one.getType() != Schema.Type.NULL).toList();
    return types.size() == 1 ? types.getFirst() : schema;
  }

  private static Object toLong(Schema schema, Object value) {
    if (value instanceof Instant instant) {
      boolean millis = schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
      return millis
          ? instant.toEpochMilli()
          : Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
    }
    return value instanceof Duration duration ? duration.toMillis() : value;
  }

  private static Object toBytes(Schema schema, Object value) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal((BigDecimal) value, decimal);
    }
    return ByteBuffer.wrap(((CelByteString) value).toByteArray());
  }

  /** The bytes of a decimal; a value that would lose digits is refused. */
  public static ByteBuffer decimal(BigDecimal value, LogicalTypes.Decimal type) {
    var scaled = value.setScale(type.getScale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.getPrecision()) {
      throw new ArithmeticException(
          "%s has more than %d digits".formatted(value.toPlainString(), type.getPrecision()));
    }
    return ByteBuffer.wrap(scaled.unscaledValue().toByteArray());
  }

  /** The value of a decimal of Avro, with all its digits. */
  public static BigDecimal decimal(Schema schema, Object value) {
    return value instanceof ByteBuffer bytes
            && schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? Shortcut.decimal(bytes, decimal.getScale())
        : (BigDecimal) toCel(schema, value);
  }
}
