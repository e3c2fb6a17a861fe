package dev.foldstream.schemas.rows;

import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/** Values of Avro without parts, by the Java class that holds them in a row. */
enum PlainValue {
  TEXT(String.class) {
    @Override
    Object java(Object value, Schema schema) {
      return value.toString();
    }
  },
  INTEGER(Integer.class),
  BIGINT(Long.class),
  BOOLEAN(Boolean.class),
  DOUBLE(Double.class) {
    @Override
    Object java(Object value, Schema schema) {
      return ((Number) value).doubleValue();
    }
  },
  DECIMAL(BigDecimal.class) {
    @Override
    Object java(Object value, Schema schema) {
      var decimal = (LogicalTypes.Decimal) schema.getLogicalType();
      return new BigDecimal(new BigInteger(bytes(value)), decimal.getScale());
    }
  },
  MILLIS(Instant.class) {
    @Override
    Object java(Object value, Schema schema) {
      return Instant.ofEpochMilli((Long) value);
    }
  },
  MICROS(Instant.class) {
    @Override
    Object java(Object value, Schema schema) {
      return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
    }
  },
  DATE(LocalDate.class) {
    @Override
    Object java(Object value, Schema schema) {
      return LocalDate.ofEpochDay((Integer) value);
    }
  },
  UUID_TEXT(UUID.class) {
    @Override
    Object java(Object value, Schema schema) {
      return UUID.fromString(value.toString());
    }
  };

  private final Class<?> javaClass;

  PlainValue(Class<?> javaClass) {
    this.javaClass = javaClass;
  }

  Class<?> javaClass() {
    return javaClass;
  }

  /** The value in Java, of a value that Avro gives without conversions. */
  Object java(Object value, Schema schema) {
    return value;
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /**
   * What values of this schema are.
   *
   * @throws UnsupportedTypeException when a row cannot hold them
   */
  static PlainValue of(Schema schema, String where) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case STRING -> logical != null && logical.getName().equals("uuid") ? UUID_TEXT : TEXT;
      case ENUM -> TEXT;
      case INT -> logical instanceof LogicalTypes.Date ? DATE : INTEGER;
      case LONG -> number(logical);
      case FLOAT, DOUBLE -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case BYTES, FIXED -> decimal(logical, where);
      case RECORD, ARRAY, MAP, UNION, NULL ->
          throw new UnsupportedTypeException(where, "wanted a value; found " + schema.getType());
    };
  }

  private static PlainValue number(@Nullable LogicalType logical) {
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return MILLIS;
    }
    return logical instanceof LogicalTypes.TimestampMicros ? MICROS : BIGINT;
  }

  private static PlainValue decimal(@Nullable LogicalType logical, String where) {
    if (logical instanceof LogicalTypes.Decimal) {
      return DECIMAL;
    }
    throw new UnsupportedTypeException(
        where, "wanted a value that a column can hold; found bytes that are no decimal");
  }
}
