package dev.foldstream.schemas.types;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads value types from Java's own description of a component. */
final class ValueTypes {

  private static final String ALLOWED =
      "String, int, long, boolean, double, BigDecimal, Instant, LocalDate, UUID, an enum, a record,"
          + " a sealed interface of records, List or Map<String, ...> of these, each @Nullable where null is a value";

  private ValueTypes() {}

  static ValueType of(AnnotatedType type, String where) {
    var present = ofPresent(type, where);
    return isNullable(type.getAnnotations()) ? new ValueType.Nullable(present) : present;
  }

  /** JSpecify's annotation, or another of the same name that is kept at run time. */
  static boolean isNullable(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .anyMatch(
            annotation ->
                annotation instanceof Nullable
                    || annotation.annotationType().getSimpleName().equals("Nullable"));
  }

  private static ValueType ofPresent(AnnotatedType type, String where) {
    if (type instanceof AnnotatedParameterizedType parameterized) {
      return ofParameterized(parameterized, where);
    }
    if (type.getType() instanceof Class<?> plain) {
      return ofClass(plain, where);
    }
    throw unsupported(type.getType().getTypeName(), where);
  }

  private static ValueType ofParameterized(AnnotatedParameterizedType type, String where) {
    var raw = ((java.lang.reflect.ParameterizedType) type.getType()).getRawType();
    var arguments = type.getAnnotatedActualTypeArguments();
    if (raw == List.class) {
      return new ValueType.ListOf(of(arguments[0], where + "[]"));
    }
    if (raw == Map.class && arguments[0].getType() == String.class) {
      return new ValueType.MapOf(of(arguments[1], where + "{}"));
    }
    throw unsupported(type.getType().getTypeName(), where);
  }

  static ValueType ofClass(Class<?> type, String where) {
    var scalar = Scalar.of(type);
    if (scalar.isPresent()) {
      return scalar.get();
    }
    if (type.getTypeParameters().length > 0) {
      throw unsupported(type.getTypeName() + " with type parameters", where);
    }
    if (type.isEnum()) {
      return new ValueType.EnumOf(enumClass(type));
    }
    if (type.isRecord()) {
      return new ValueType.Nested(type.asSubclass(Record.class));
    }
    if (type.isInterface() && type.isSealed()) {
      return new ValueType.OneOf(type, RecordTypes.permitted(type));
    }
    throw unsupported(type.getTypeName(), where);
  }

  @SuppressWarnings("unchecked") // isEnum() was asked before
  private static Class<? extends Enum<?>> enumClass(Class<?> type) {
    return (Class<? extends Enum<?>>) type;
  }

  private static UnsupportedTypeException unsupported(String found, String where) {
    return new UnsupportedTypeException(where, "wanted one of " + ALLOWED + "; found " + found);
  }
}
