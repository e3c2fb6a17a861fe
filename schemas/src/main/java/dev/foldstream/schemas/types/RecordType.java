package dev.foldstream.schemas.types;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record class taken apart once: its components, and method handles to read them and to build a
 * record from their values.
 */
public final class RecordType {

  private static final ClassValue<RecordType> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
          return new RecordType(type.asSubclass(Record.class));
        }
      };
  private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);
  private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

  /** A component, by name and type, in the order of declaration. */
  public record Component(String name, ValueType type) {}

  private final Class<? extends Record> type;
  private final List<Component> components;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  private RecordType(Class<? extends Record> type) {
    this.type = type;
    if (type.getTypeParameters().length > 0) {
      throw new UnsupportedTypeException(type.getName(), "a record with type parameters");
    }
    var declared = type.getRecordComponents();
    this.components = Arrays.stream(declared).map(this::component).toList();
    try {
      var lookup = lookup(type);
      this.accessors = accessors(lookup, declared);
      this.constructor = constructor(lookup, declared);
    } catch (IllegalAccessException | NoSuchMethodException fault) {
      throw new UnsupportedTypeException(
          type.getName(),
          "its components cannot be read (%s); a named module must open package %s"
              .formatted(fault.getMessage(), type.getPackageName()));
    }
  }

  /** Throws an {@link UnsupportedTypeException} for a component that a schema cannot say. */
  public static RecordType of(Class<? extends Record> type) {
    return KNOWN.get(type);
  }

  public Class<? extends Record> type() {
    return type;
  }

  public List<Component> components() {
    return components;
  }

  /** The place of a component, from 0. */
  public Optional<Integer> indexOf(String name) {
    for (int index = 0; index < components.size(); index++) {
      if (components.get(index).name().equals(name)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  /** The value of the component at this place. */
  public @Nullable Object value(Object record, int index) {
    try {
      return (Object) accessors[index].invokeExact(record);
    } catch (RuntimeException | Error fault) {
      throw fault;
    } catch (Throwable fault) {
      throw new IllegalStateException("an accessor of a record throws nothing checked", fault);
    }
  }

  /**
   * Calls the canonical constructor.
   *
   * @param values in the order of the components, boxed
   * @throws RefusedByRecordException when the constructor throws
   */
  public Record build(@Nullable Object[] values) {
    try {
      return (Record) (Object) constructor.invokeExact(values);
    } catch (Error fault) {
      throw fault;
    } catch (Throwable fault) {
      throw new RefusedByRecordException(type, fault);
    }
  }

  private Component component(RecordComponent component) {
    var where = type.getName() + "." + component.getName();
    var found = ValueType.of(component.getAnnotatedType(), where);
    var nullable = ValueTypes.isNullable(component.getAnnotations());
    return new Component(
        component.getName(), nullable && !found.nullable() ? new ValueType.Nullable(found) : found);
  }

  private static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private static MethodHandle[] accessors(MethodHandles.Lookup lookup, RecordComponent[] components)
      throws IllegalAccessException {
    var handles = new MethodHandle[components.length];
    for (int index = 0; index < components.length; index++) {
      handles[index] = lookup.unreflect(components[index].getAccessor()).asType(ACCESSOR);
    }
    return handles;
  }

  private static MethodHandle constructor(MethodHandles.Lookup lookup, RecordComponent[] components)
      throws IllegalAccessException, NoSuchMethodException {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return lookup
        .findConstructor(lookup.lookupClass(), MethodType.methodType(void.class, types))
        .asSpreader(Object[].class, types.length)
        .asType(CONSTRUCTOR);
  }
}
