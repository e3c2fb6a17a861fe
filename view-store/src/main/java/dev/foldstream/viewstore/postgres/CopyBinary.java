package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  private static final class Buffer extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }

  private final Buffer buffer = new Buffer();
  private final DataOutputStream out = new DataOutputStream(buffer);

  /** Valid up to {@link #size()}, until the next write. */
  byte[] bytes() {
    return buffer.array();
  }

  int size() {
    return buffer.size();
  }

  void reset() {
    buffer.reset();
  }

  void header() throws IOException {
    out.write(SIGNATURE);
    out.writeInt(0);
    out.writeInt(0);
  }

  void end() throws IOException {
    out.writeShort(-1);
  }

  void fields(int number) throws IOException {
    out.writeShort(number);
  }

  void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bigint(long number) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(number);
  }

  private void bytes(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void value(ViewColumnType type, @Nullable Object value, RowJson json) throws IOException {
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
      case TIMESTAMP -> bigint(micros((Instant) value));
      case DATE -> integer(Math.toIntExact(((LocalDate) value).toEpochDay() - EPOCH_DAY));
      case UUID -> uuid((UUID) value);
      case JSON -> jsonb(json.text(value));
    }
  }

  private void integer(int number) throws IOException {
    out.writeInt(Integer.BYTES);
    out.writeInt(number);
  }

  /** Micros since the year 2000, cut off like those of the live path. */
  private static long micros(Instant time) {
    long seconds = Math.subtractExact(time.getEpochSecond(), EPOCH.getEpochSecond());
    return Math.addExact(Math.multiplyExact(seconds, MICROS), time.getNano() / 1000);
  }

  private void uuid(UUID uuid) throws IOException {
    out.writeInt(2 * Long.BYTES);
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  private void jsonb(String json) throws IOException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    out.writeInt(text.length + 1);
    out.writeByte(JSONB_VERSION);
    out.write(text);
  }
}
