package dev.foldstream.schemas.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.FastReaderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Tells Avro how records and enums of one codec are made. No class is ever loaded by the name in a
 * schema: the classes are those of the codec.
 */
final class RecordModel extends GenericData {

  private final Map<String, RecordShape> shapes;
  private final Map<String, Map<String, Enum<?>>> enums;
  private final FastReaderBuilder readers = new FastReaderBuilder(this);

  RecordModel(Map<String, RecordShape> shapes, Map<String, Class<? extends Enum<?>>> enums) {
    this.shapes = shapes;
    this.enums =
        enums.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> constants(entry.getValue())));
    addLogicalTypeConversion(new ExactDecimals());
    addLogicalTypeConversion(new Conversions.UUIDConversion());
    addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    addLogicalTypeConversion(new ExactDates());
  }

  private static Map<String, Enum<?>> constants(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .collect(Collectors.toMap(Enum::name, constant -> constant));
  }

  /** Avro's fast reader has no state of its own, so that one serves all threads. */
  @Override
  public boolean isFastReaderEnabled() {
    return true;
  }

  @Override
  public FastReaderBuilder getFastReaderBuilder() {
    return readers;
  }

  @Override
  public InstanceSupplier getNewRecordSupplier(Schema schema) {
    var shape = shape(schema);
    return (reused, wanted) -> new RecordParts(shape);
  }

  @Override
  public Object newRecord(@Nullable Object reused, Schema schema) {
    return new RecordParts(shape(schema));
  }

  @Override
  public Object createEnum(String symbol, Schema schema) {
    var constant = enums.getOrDefault(schema.getFullName(), Map.of()).get(symbol);
    if (constant == null) {
      throw new IllegalStateException(
          "the codec has no constant %s of %s".formatted(symbol, schema.getFullName()));
    }
    return constant;
  }

  private RecordShape shape(Schema schema) {
    var shape = shapes.get(schema.getFullName());
    if (shape == null) {
      throw new IllegalStateException("the codec has no record " + schema.getFullName());
    }
    return shape;
  }
}
