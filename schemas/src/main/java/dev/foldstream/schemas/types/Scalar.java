package dev.foldstream.schemas.types;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types without parts. Each says which Java class holds its values. */
public enum Scalar implements ValueType {
  STRING(String.class),
  INT(Integer.class),
  LONG(Long.class),
  BOOLEAN(Boolean.class),
  DOUBLE(Double.class),
  DECIMAL(BigDecimal.class),
  INSTANT(Instant.class),
  DATE(LocalDate.class),
  UUID(java.util.UUID.class);

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          boolean.class,
          Boolean.class,
          double.class,
          Double.class);
  private static final Map<Class<?>, Scalar> BY_CLASS =
      Arrays.stream(values()).collect(Collectors.toMap(Scalar::javaClass, scalar -> scalar));

  private final Class<?> javaClass;

  Scalar(Class<?> javaClass) {
    this.javaClass = javaClass;
  }

  public Class<?> javaClass() {
    return javaClass;
  }

  static Optional<Scalar> of(Class<?> type) {
    return Optional.ofNullable(BY_CLASS.get(BOXES.getOrDefault(type, type)));
  }
}
