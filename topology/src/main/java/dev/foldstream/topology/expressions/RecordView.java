package dev.foldstream.topology.expressions;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A record of Avro as CEL sees it: a map of the fields that have a value. Nothing is copied. */
final class RecordView extends AbstractMap<String, Object> {

  private final GenericRecord record;

  RecordView(GenericRecord record) {
    this.record = record;
  }

  GenericRecord record() {
    return record;
  }

  @Override
  public @Nullable Object get(Object name) {
    var field = record.getSchema().getField((String) name);
    if (field == null) {
      return null;
    }
    Object value = record.get(field.pos());
    return value == null ? null : AvroValues.toCel(field.schema(), value);
  }

  @Override
  public boolean containsKey(Object name) {
    var field = record.getSchema().getField((String) name);
    return field != null && record.get(field.pos()) != null;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    var all = new LinkedHashMap<String, Object>();
    for (var field : record.getSchema().getFields()) {
      Object value = get(field.name());
      if (value != null) {
        all.put(field.name(), value);
      }
    }
    return all.entrySet();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordView view && view.record.equals(record);
  }

  @Override
  public int hashCode() {
    return record.hashCode();
  }
}
