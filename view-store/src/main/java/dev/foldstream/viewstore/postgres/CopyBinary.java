package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.ByteConverter;

/** PostgreSQL's binary form of rows. */
final class CopyBinary {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final int NULL = -1;
  private static final int JSONB_VERSION = 1;
  private static final long MICROS = 1_000_000;

  private final WireBytes out = new WireBytes();

  /** Valid up to {@link #size()}, until the next write. */
  byte[] bytes() {
    return out.bytes();
  }

  int size() {
    return out.size();
  }

  void reset() {
    out.reset();
  }

  void header() {
    out.write(SIGNATURE);
    out.writeInt(0);
    out.writeInt(0);
  }

  void end() {
    out.writeShort(-1);
  }

  void fields(int number) {
    out.writeShort(number);
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bigint(long number) {
    out.writeInt(Long.BYTES);
    out.writeLong(number);
  }

  void textOrNull(@Nullable String text) {
    if (text == null) {
      out.writeInt(NULL);
    } else {
      text(text);
    }
  }

  void timestamp(Instant time) {
    bigint(micros(time));
  }

  void bytes(byte[] bytes) {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void value(ViewColumn column, @Nullable Object value, RowJson json) {
    if (column.element() != null && value != null) {
      array(column.element(), (List<?>) value, json);
    } else {
      value(column.type(), value, json);
    }
  }

  private void array(ViewColumnType element, List<?> list, RowJson json) {
    var inner = new CopyBinary();
    inner.array(element, list, value -> value, json);
    out.writeInt(inner.size());
    out.write(inner.bytes(), 0, inner.size());
  }

  /**
   * One dimension from 1 on, or none when it is empty. Elements are taken to be about as long as
   * the first one.
   */
  <T> void array(
      ViewColumnType element, List<T> list, Function<T, @Nullable Object> value, RowJson json) {
    out.writeInt(list.isEmpty() ? 0 : 1);
    out.writeInt(1);
    out.writeInt(oid(element));
    if (!list.isEmpty()) {
      out.writeInt(list.size());
      out.writeInt(1);
    }
    int first = out.size();
    for (T one : list) {
      value(element, value.apply(one), json);
      if (first > 0) {
        out.reserve((out.size() - first) * (list.size() - 1L) * 5 / 4);
        first = 0;
      }
    }
  }

  private static int oid(ViewColumnType element) {
    return switch (element) {
      case TEXT, ENUM -> Oid.TEXT;
      case INTEGER -> Oid.INT4;
      case BIGINT -> Oid.INT8;
      case DECIMAL -> Oid.NUMERIC;
      case DOUBLE -> Oid.FLOAT8;
      case BOOLEAN -> Oid.BOOL;
      case TIMESTAMP -> Oid.TIMESTAMPTZ;
      case DATE -> Oid.DATE;
      case UUID -> Oid.UUID;
      case JSON -> Oid.JSONB;
      case ARRAY -> throw new IllegalArgumentException("no array is made of arrays");
    };
  }

  private void value(ViewColumnType type, @Nullable Object value, RowJson json) {
    if (value == null) {
      out.writeInt(NULL);
      return;
    }
    switch (type) {
      case TEXT -> text((String) value);
      case ENUM -> text(((Enum<?>) value).name());
      case INTEGER -> integer(((Number) value).intValue());
      case BIGINT -> bigint(((Number) value).longValue());
      case DECIMAL -> bytes(ByteConverter.numeric((BigDecimal) value));
      case DOUBLE -> bigint(Double.doubleToLongBits(((Number) value).doubleValue()));
      case BOOLEAN -> bytes(new byte[] {(byte) ((Boolean) value ? 1 : 0)});
      case TIMESTAMP -> timestamp((Instant) value);
      case DATE -> integer(Math.toIntExact(((LocalDate) value).toEpochDay() - EPOCH_DAY));
      case UUID -> uuid((UUID) value);
      case ARRAY -> throw new IllegalArgumentException("an array has a type of elements");
      case JSON -> jsonb(json.text(value));
    }
  }

  void integer(int number) {
    out.writeInt(Integer.BYTES);
    out.writeInt(number);
  }

  /** Micros since the year 2000, cut off like those of the live path. */
  private static long micros(Instant time) {
    long seconds = Math.subtractExact(time.getEpochSecond(), EPOCH.getEpochSecond());
    return Math.addExact(Math.multiplyExact(seconds, MICROS), time.getNano() / 1000);
  }

  private void uuid(UUID uuid) {
    out.writeInt(2 * Long.BYTES);
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  private void jsonb(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    out.writeInt(text.length + 1);
    out.writeByte(JSONB_VERSION);
    out.write(text);
  }
}
