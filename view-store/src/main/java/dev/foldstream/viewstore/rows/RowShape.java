package dev.foldstream.viewstore.rows;

import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row record as columns: reads its components, and builds it from their values. Thread-safe. */
public final class RowShape {

  private final Class<? extends Record> type;
  private final List<ViewColumn> columns;
  private final List<Class<?>> javaTypes;
  private final List<MethodHandle> accessors;
  private final Constructor<? extends Record> constructor;

  private RowShape(
      Class<? extends Record> type,
      List<ViewColumn> columns,
      List<Class<?>> javaTypes,
      List<MethodHandle> accessors,
      Constructor<? extends Record> constructor) {
    this.type = type;
    this.columns = List.copyOf(columns);
    this.javaTypes = List.copyOf(javaTypes);
    this.accessors = List.copyOf(accessors);
    this.constructor = constructor;
  }

  /** Refuses a type that is no record of at least one component. */
  public static RowShape of(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length == 0) {
      throw new IllegalArgumentException(
          "the row of a view has at least one component; " + type.getName() + " has none");
    }
    var columns = new ArrayList<ViewColumn>();
    var javaTypes = new ArrayList<Class<?>>();
    var accessors = new ArrayList<MethodHandle>();
    for (RecordComponent component : components) {
      Class<?> element = plainElement(component.getGenericType());
      columns.add(column(component, element));
      javaTypes.add(element == null ? component.getType() : element);
      accessors.add(accessor(component));
    }
    return new RowShape(type, columns, javaTypes, accessors, constructor(type, components));
  }

  private static ViewColumn column(RecordComponent component, @Nullable Class<?> element) {
    boolean nullable = Nullness.of(component);
    return element == null
        ? new ViewColumn(component.getName(), columnType(component.getType()), nullable)
        : new ViewColumn(component.getName(), ViewColumnType.ARRAY, nullable, columnType(element));
  }

  /** The type of the elements of a list of plain values; null for every other type. */
  static @Nullable Class<?> plainElement(Type type) {
    return type instanceof ParameterizedType generic
            && generic.getRawType() == List.class
            && generic.getActualTypeArguments()[0] instanceof Class<?> element
            && columnType(element) != ViewColumnType.JSON
        ? element
        : null;
  }

  private static MethodHandle accessor(RecordComponent component) {
    try {
      var method = component.getAccessor();
      method.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(MethodType.methodType(Object.class, Record.class));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("cannot read component " + component, e);
    }
  }

  private static Constructor<? extends Record> constructor(
      Class<? extends Record> type, RecordComponent[] components) {
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("no canonical constructor in " + type.getName(), e);
    }
  }

  /** The kind of column a component of this type becomes. */
  public static ViewColumnType columnType(Class<?> type) {
    if (type == int.class || type == Integer.class || type == short.class || type == Short.class) {
      return ViewColumnType.INTEGER;
    }
    if (type == long.class || type == Long.class) {
      return ViewColumnType.BIGINT;
    }
    if (type == double.class || type == Double.class) {
      return ViewColumnType.DOUBLE;
    }
    if (type == boolean.class || type == Boolean.class) {
      return ViewColumnType.BOOLEAN;
    }
    if (type.isEnum()) {
      return ViewColumnType.ENUM;
    }
    return referenceType(type);
  }

  private static ViewColumnType referenceType(Class<?> type) {
    if (type == String.class) {
      return ViewColumnType.TEXT;
    }
    if (type == BigDecimal.class) {
      return ViewColumnType.DECIMAL;
    }
    if (type == Instant.class) {
      return ViewColumnType.TIMESTAMP;
    }
    if (type == LocalDate.class) {
      return ViewColumnType.DATE;
    }
    return type == UUID.class ? ViewColumnType.UUID : ViewColumnType.JSON;
  }

  public Class<? extends Record> type() {
    return type;
  }

  public List<ViewColumn> columns() {
    return columns;
  }

  public Optional<ViewColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The column of this name; a name no column has is the caller's bug. */
  public ViewColumn known(String name) {
    return column(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a column of %s was wanted, one of %s; found '%s'"
                        .formatted(
                            type.getSimpleName(),
                            columns.stream().map(ViewColumn::name).toList(),
                            name)));
  }

  /** The Java type of a column, or of the elements of an array, as the record declares it. */
  public Class<?> javaType(int column) {
    return javaTypes.get(column);
  }

  public @Nullable Object value(Record row, int column) {
    try {
      return accessors.get(column).invokeExact(row);
    } catch (RuntimeException | Error bug) {
      throw bug;
    } catch (Throwable thrown) {
      throw new IllegalStateException("accessor of " + columns.get(column) + " failed", thrown);
    }
  }

  /** The value of a column by name. */
  public @Nullable Object value(Record row, String name) {
    return value(row, columns.indexOf(known(name)));
  }

  /** Builds the row; values are of the components' types, in their order. */
  public Record create(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "%s refuses what was stored of it: %s"
              .formatted(type.getName(), e.getCause() == null ? e : e.getCause().getMessage()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot build " + type.getName(), e);
    }
  }
}
