package dev.foldstream.schemas.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** The values of a record while Avro reads them one by one; afterwards the record is built. */
final class RecordParts implements IndexedRecord {

  private final RecordShape shape;
  private final @Nullable Object[] values;

  RecordParts(RecordShape shape) {
    this.shape = shape;
    this.values = new Object[shape.size()];
  }

  Record build() {
    return shape.build(values);
  }

  @Override
  public void put(int field, @Nullable Object value) {
    values[shape.component(field)] = finished(value);
  }

  /** Null: Avro asks for what it may fill again, and nothing is reused. */
  @Override
  @SuppressWarnings("NullAway") // IndexedRecord.get() may answer null, but does not say so
  public Object get(int field) {
    return null;
  }

  @Override
  public Schema getSchema() {
    return shape.schema();
  }

  /** What Avro read, with records in place of parts and with collections that do not change. */
  static @Nullable Object finished(@Nullable Object value) {
    return switch (value) {
      case RecordParts parts -> parts.build();
      case Collection<?> collection -> finishedList(collection);
      case Map<?, ?> map -> finishedMap(map);
      case null, default -> value;
    };
  }

  private static List<?> finishedList(Collection<?> collection) {
    @Nullable Object[] elements = collection.toArray();
    boolean nulls = false;
    for (int index = 0; index < elements.length; index++) {
      elements[index] = finished(elements[index]);
      nulls |= elements[index] == null;
    }
    // A list that Java itself made is not copied again by a record that copies its lists.
    return nulls ? Collections.unmodifiableList(Arrays.asList(elements)) : List.of(elements);
  }

  @SuppressWarnings("unchecked") // Avro's own new map, of this thread alone
  private static Map<?, ?> finishedMap(Map<?, ?> map) {
    ((Map<Object, @Nullable Object>) map).replaceAll((key, value) -> finished(value));
    return Collections.unmodifiableMap(map);
  }
}
