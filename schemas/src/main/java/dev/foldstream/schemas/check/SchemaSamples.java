package dev.foldstream.schemas.check;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Values of a schema, made at random from a seed: what a stored form may hold. */
final class SchemaSamples {

  private static final int MAX_ELEMENTS = 3;
  private static final int MAX_DEPTH = 8;
  private static final long MAX_SECOND = 4_102_444_800L;
  private static final long MICROS = 1_000_000;
  private static final List<String> TEXTS =
      List.of("", "o-1", "lamp", "Größe", "日本", "\uD83D\uDE80", "a \"b\" \\ c", "line\nbreak");

  private final Random random;

  SchemaSamples(long seed) {
    this.random = new Random(seed);
  }

  @Nullable Object value(Schema schema) {
    return value(schema, 0);
  }

  private @Nullable Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> logical(schema, "date") ? random.nextInt(100_000) : number(random.nextInt());
      case LONG -> time(schema);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextGaussian();
      case STRING -> text(schema);
      case BYTES -> bytes(schema);
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case ENUM -> new GenericData.EnumSymbol(schema, pick(schema.getEnumSymbols()));
      case ARRAY -> list(schema.getElementType(), depth);
      case MAP -> depth > MAX_DEPTH ? Map.of() : map(schema.getValueType(), depth);
      case UNION -> union(schema, depth);
      case RECORD -> record(schema, depth);
    };
  }

  private GenericData.Record record(Schema schema, int depth) {
    var record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), depth + 1)));
    return record;
  }

  private @Nullable Object union(Schema schema, int depth) {
    return depth > MAX_DEPTH && schema.isNullable()
        ? null
        : value(pick(schema.getTypes()), depth + 1);
  }

  private List<@Nullable Object> list(Schema element, int depth) {
    var values = new ArrayList<@Nullable Object>();
    int size = depth > MAX_DEPTH ? 0 : random.nextInt(MAX_ELEMENTS + 1);
    for (int index = 0; index < size; index++) {
      values.add(value(element, depth + 1));
    }
    return values;
  }

  /** One entry at most: maps have no order, and bytes are compared. */
  private Map<String, @Nullable Object> map(Schema value, int depth) {
    var entry = new HashMap<String, @Nullable Object>();
    if (random.nextBoolean()) {
      entry.put(pick(TEXTS), value(value, depth + 1));
    }
    return entry;
  }

  private int number(int found) {
    return random.nextInt(4) == 0
        ? pick(List.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE))
        : found;
  }

  private long time(Schema schema) {
    return schema.getLogicalType() == null
        ? random.nextLong()
        : random.nextLong(-MAX_SECOND, MAX_SECOND) * MICROS + random.nextInt((int) MICROS);
  }

  private String text(Schema schema) {
    return logical(schema, "uuid")
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : pick(TEXTS);
  }

  private ByteBuffer bytes(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      var limit = BigInteger.TEN.pow(decimal.getPrecision());
      var digits = new BigInteger(limit.bitLength(), random).mod(limit);
      return ByteBuffer.wrap((random.nextBoolean() ? digits : digits.negate()).toByteArray());
    }
    return ByteBuffer.wrap(new byte[] {(byte) random.nextInt()});
  }

  private static boolean logical(Schema schema, String name) {
    return schema.getLogicalType() != null && schema.getLogicalType().getName().equals(name);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
