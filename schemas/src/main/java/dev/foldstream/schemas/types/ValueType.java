package dev.foldstream.schemas.types;

import java.lang.reflect.AnnotatedType;
import java.util.List;

/**
 * What a component of a record may hold. Schemas, JSON and JSON Schemas are all derived from this
 * one description, so that they agree.
 */
public sealed interface ValueType
    permits Scalar,
        ValueType.Nullable,
        ValueType.EnumOf,
        ValueType.ListOf,
        ValueType.MapOf,
        ValueType.Nested,
        ValueType.OneOf {

  /** A value or null. Never nested in another of its kind. */
  record Nullable(ValueType present) implements ValueType {}

  record EnumOf(Class<? extends Enum<?>> type) implements ValueType {}

  record ListOf(ValueType element) implements ValueType {}

  /** A map from strings. */
  record MapOf(ValueType value) implements ValueType {}

  record Nested(Class<? extends Record> type) implements ValueType {}

  /** A sealed interface: one of its records. */
  record OneOf(Class<?> type, List<Class<? extends Record>> records) implements ValueType {}

  /** The type of a record, an enum, a sealed interface or a scalar. */
  static ValueType of(Class<?> type) {
    return ValueTypes.ofClass(type, type.getName());
  }

  /**
   * The type of a component or of a part of it.
   *
   * @param where named in the exception
   * @throws UnsupportedTypeException when a schema cannot say it
   */
  static ValueType of(AnnotatedType type, String where) {
    return ValueTypes.of(type, where);
  }

  /** Whether null is a value. */
  default boolean nullable() {
    return this instanceof Nullable;
  }

  /** This type without null. */
  default ValueType withoutNull() {
    return this instanceof Nullable(var present) ? present : this;
  }
}
