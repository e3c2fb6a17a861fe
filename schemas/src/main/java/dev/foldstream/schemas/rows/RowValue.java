package dev.foldstream.schemas.rows;

import java.lang.classfile.Signature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What the values of a field of Avro are in a row. */
sealed interface RowValue {

  /** The type of the component. */
  Signature.ClassTypeSig signature();

  /** The value in Java, of a value that Avro gives without conversions. */
  @Nullable Object java(@Nullable Object value);

  private static Object present(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("wanted a value; found none");
    }
    return value;
  }

  /** A value without parts. */
  record Plain(PlainValue kind, Schema schema) implements RowValue {
    @Override
    public Signature.ClassTypeSig signature() {
      return Signature.ClassTypeSig.of(kind.javaClass().describeConstable().orElseThrow());
    }

    @Override
    public Object java(@Nullable Object value) {
      return kind.java(present(value), schema);
    }
  }

  /** A value, or none. */
  record Maybe(RowValue value) implements RowValue {
    @Override
    public Signature.ClassTypeSig signature() {
      return value.signature();
    }

    @Override
    public @Nullable Object java(@Nullable Object given) {
      return given == null ? null : value.java(given);
    }
  }

  /** A list. */
  record Many(RowValue element) implements RowValue {
    @Override
    public Signature.ClassTypeSig signature() {
      return Signature.ClassTypeSig.of(
          List.class.describeConstable().orElseThrow(), Signature.TypeArg.of(element.signature()));
    }

    @Override
    public Object java(@Nullable Object value) {
      var list = new ArrayList<@Nullable Object>();
      ((Collection<?>) present(value)).forEach(one -> list.add(element.java(one)));
      return Collections.unmodifiableList(list);
    }
  }

  /** Values by name. */
  record Named(RowValue value) implements RowValue {
    @Override
    public Signature.ClassTypeSig signature() {
      return Signature.ClassTypeSig.of(
          Map.class.describeConstable().orElseThrow(),
          Signature.TypeArg.of(
              Signature.ClassTypeSig.of(String.class.describeConstable().orElseThrow())),
          Signature.TypeArg.of(value.signature()));
    }

    @Override
    public Object java(@Nullable Object given) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      ((Map<?, ?>) present(given))
          .forEach((name, one) -> map.put(String.valueOf(name), value.java(one)));
      return Collections.unmodifiableMap(map);
    }
  }

  /** A record in the row. */
  record Nested(RowLayout layout) implements RowValue {
    @Override
    public Signature.ClassTypeSig signature() {
      return Signature.ClassTypeSig.of(layout.description());
    }

    @Override
    public Object java(@Nullable Object value) {
      return layout.build((GenericRecord) present(value));
    }
  }
}
