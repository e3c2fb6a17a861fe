package dev.foldstream.schemas.codec;

import dev.foldstream.schemas.types.RecordType;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A record class laid beside its schema: which field is which component, and what is changed. */
final class RecordShape {

  private final RecordType type;
  private final Schema schema;
  private final List<Schema.Field> fields;
  private final int[] components;
  private final FieldChanges.@Nullable FieldChange[] changes;
  private final boolean changed;

  RecordShape(RecordType type, Schema schema, FieldChanges changes) {
    this.type = type;
    this.schema = schema;
    this.fields = schema.getFields();
    this.components = new int[fields.size()];
    this.changes = new FieldChanges.@Nullable FieldChange[fields.size()];
    boolean any = false;
    for (var field : fields) {
      components[field.pos()] = type.indexOf(field.name()).orElseThrow();
      var change = changes.of(schema, field).orElse(null);
      this.changes[field.pos()] = change;
      any |= change != null;
    }
    this.changed = any;
  }

  Class<? extends Record> recordClass() {
    return type.type();
  }

  Schema schema() {
    return schema;
  }

  int size() {
    return components.length;
  }

  int component(int field) {
    return components[field];
  }

  /** The value of a field as it goes to the bytes. */
  @Nullable Object stored(Object record, int field) {
    var value = type.value(record, components[field]);
    var change = changes[field];
    return change == null ? value : change.toStored(value, name -> sibling(record, name));
  }

  /** A record from its components' values as they came from the bytes. */
  Record build(@Nullable Object[] values) {
    return type.build(changed ? changedBack(values) : values);
  }

  private @Nullable Object[] changedBack(@Nullable Object[] stored) {
    var values = stored.clone();
    for (int field = 0; field < changes.length; field++) {
      var change = changes[field];
      if (change != null) {
        int component = components[field];
        values[component] = change.fromStored(stored[component], name -> stored[componentOf(name)]);
      }
    }
    return values;
  }

  private @Nullable Object sibling(Object record, String name) {
    return type.value(record, componentOf(name));
  }

  private int componentOf(String name) {
    return type.indexOf(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no field %s".formatted(schema.getFullName(), name)));
  }
}
