package dev.foldstream.viewstore.rows;

import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowField.Step;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a row by their paths: what filters, orders and facets may name. Maps, sealed types
 * and lists of lists are kept and shown, and not taken apart, nor is what lies deeper than {@link
 * #MAX_DEPTH} records. Thread-safe.
 */
public final class RowFields {

  static final int MAX_DEPTH = 8;

  private static final ClassValue<RowFields> ALL =
      new ClassValue<>() {
        @Override
        protected RowFields computeValue(Class<?> row) {
          return new RowFields(RowShape.of(row.asSubclass(Record.class)));
        }
      };

  private final RowShape shape;
  private final Map<String, RowField> byPath = new LinkedHashMap<>();

  private RowFields(RowShape shape) {
    this.shape = shape;
    RecordComponent[] components = shape.type().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      new Walk(shape.columns().get(i)).into(components[i], "", List.of(), false, 0);
    }
  }

  public static RowFields of(Class<? extends Record> row) {
    return ALL.get(row);
  }

  /** In the order of the record's components. */
  public Collection<RowField> all() {
    return List.copyOf(byPath.values());
  }

  public Optional<RowField> field(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** The field of this path; a path no field has is the caller's bug. */
  public RowField known(String path) {
    RowField field = byPath.get(path);
    if (field == null) {
      throw new IllegalArgumentException(
          "a field of %s with values was wanted, one of %s; found '%s'"
              .formatted(shape.type().getSimpleName(), byPath.keySet(), path));
    }
    return field;
  }

  /** The field of this path that a row has once at most. */
  public RowField single(String path) {
    RowField field = known(path);
    if (field.many()) {
      throw new IllegalArgumentException(
          "a field with one value was wanted; '%s' of %s lies in a list"
              .formatted(path, shape.type().getSimpleName()));
    }
    return field;
  }

  /** The values of a field in a row, without nulls. */
  public List<Object> values(Record row, RowField field) {
    var found = new ArrayList<Object>();
    collect(shape.value(row, field.column().name()), field.steps(), found);
    return found;
  }

  /** The value of a field that a row has once at most. */
  public @Nullable Object value(Record row, RowField field) {
    List<Object> values = values(row, field);
    return values.isEmpty() ? null : values.getFirst();
  }

  private static void collect(@Nullable Object value, List<Step> steps, List<Object> into) {
    if (value == null) {
      return;
    }
    if (steps.isEmpty()) {
      into.add(value);
      return;
    }
    List<Step> rest = steps.subList(1, steps.size());
    String name = steps.getFirst().name();
    if (name == null) {
      ((List<?>) value).forEach(element -> collect(element, rest, into));
    } else {
      collect(NestedValues.component((Record) value, name), rest, into);
    }
  }

  /** Goes from one column to all fields in it. */
  private final class Walk {
    private final ViewColumn column;

    Walk(ViewColumn column) {
      this.column = column;
    }

    void into(
        RecordComponent component, String prefix, List<Step> steps, boolean nullable, int depth) {
      if (depth > MAX_DEPTH) {
        return;
      }
      String path = prefix + component.getName();
      Class<?> element = elementType(component.getGenericType());
      List<Step> way = element == null ? steps : with(steps, Step.ELEMENTS);
      Class<?> type = element == null ? component.getType() : element;
      boolean mayLack = nullable || element != null || Nullness.of(component);
      ViewColumnType kind = RowShape.columnType(type);
      if (type.isRecord()) {
        for (RecordComponent inner : type.getRecordComponents()) {
          into(inner, path + ".", with(way, new Step(inner.getName())), mayLack, depth + 1);
        }
      } else if (kind.comparable()) {
        byPath.put(path, new RowField(path, column, kind, type, mayLack, way));
      }
    }
  }

  private static List<Step> with(List<Step> steps, Step last) {
    var all = new ArrayList<>(steps);
    all.add(last);
    return all;
  }

  /** The type of a list's elements, or null for what is no list of plain types. */
  private static @Nullable Class<?> elementType(Type type) {
    return type instanceof ParameterizedType generic
            && generic.getRawType() == List.class
            && generic.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : null;
  }
}
