package dev.foldstream.schemas.rows;

import dev.foldstream.schemas.types.RecordType;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A record of Avro as a record class that is yet to be made. */
final class RowLayout {

  /** Names that the methods of every object have. */
  private static final Set<String> TAKEN =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private static final String PACKAGE = "rows.";

  /**
   * One field.
   *
   * @param nullable whether it may be absent
   */
  record Component(String name, RowValue value, boolean nullable) {}

  private final ClassDesc description;
  private final List<Component> components;
  private @Nullable RecordType made;

  private RowLayout(ClassDesc description, List<Component> components) {
    this.description = description;
    this.components = List.copyOf(components);
  }

  /** Takes a schema apart, and all records within it. */
  static final class Maker {
    private final Map<String, RowLayout> made = new LinkedHashMap<>();
    private final Set<String> within = new LinkedHashSet<>();

    /** Those that others need come first. */
    List<RowLayout> all() {
      return List.copyOf(made.values());
    }

    RowLayout layout(Schema record, String where) {
      String name = record.getFullName();
      RowLayout known = made.get(name);
      if (known != null) {
        return known;
      }
      if (!within.add(name)) {
        throw new UnsupportedTypeException(
            where, "wanted a value that ends; found %s within itself".formatted(name));
      }
      var components = new ArrayList<Component>();
      for (Schema.Field field : record.getFields()) {
        components.add(component(field, where.isEmpty() ? field.name() : where));
      }
      within.remove(name);
      var layout = new RowLayout(ClassDesc.of(PACKAGE + name), components);
      made.put(name, layout);
      return layout;
    }

    Component component(Schema.Field field, String where) {
      if (TAKEN.contains(field.name())) {
        throw new UnsupportedTypeException(
            where, "wanted another name than '%s', which Java keeps".formatted(field.name()));
      }
      return new Component(field.name(), value(field.schema(), where), field.schema().isNullable());
    }

    private RowValue value(Schema schema, String where) {
      return switch (schema.getType()) {
        case UNION -> maybe(schema, where);
        case ARRAY -> new RowValue.Many(value(schema.getElementType(), where));
        case MAP -> new RowValue.Named(value(schema.getValueType(), where));
        case RECORD -> new RowValue.Nested(layout(schema, where));
        default -> new RowValue.Plain(PlainValue.of(schema, where), schema);
      };
    }

    private RowValue maybe(Schema union, String where) {
      List<Schema> present =
          union.getTypes().stream().filter(one -> one.getType() != Schema.Type.NULL).toList();
      if (present.size() != 1) {
        throw new UnsupportedTypeException(
            where, "wanted values of one type; found one of %d".formatted(present.size()));
      }
      RowValue value = value(present.getFirst(), where);
      return union.isNullable() ? new RowValue.Maybe(value) : value;
    }
  }

  ClassDesc description() {
    return description;
  }

  List<Component> components() {
    return components;
  }

  void made(Class<? extends Record> type) {
    made = RecordType.of(type);
  }

  /** Fields that the record does not have are absent. */
  Record build(GenericRecord record) {
    var values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      boolean there = record.hasField(component.name());
      if (!there && !component.nullable()) {
        throw new IllegalArgumentException(
            "%s has no field %s".formatted(record.getSchema().getFullName(), component.name()));
      }
      try {
        values[i] = component.value().java(there ? record.get(component.name()) : null);
      } catch (ClassCastException | IllegalArgumentException fault) {
        throw new IllegalArgumentException(
            "%s of %s: %s"
                .formatted(component.name(), record.getSchema().getFullName(), fault.getMessage()),
            fault);
      }
    }
    return Objects.requireNonNull(made).build(values);
  }
}
