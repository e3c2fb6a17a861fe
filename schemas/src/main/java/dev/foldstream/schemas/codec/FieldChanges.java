package dev.foldstream.schemas.codec;

import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a field's value is changed on its way to the bytes and back, by the
 * properties of its schema.
 *
 * <ol>
 *   <li>It is asked once for each field, when a codec is made; fields without a change cost
 *       nothing.
 *   <li>A changed value must fit the field's schema, like the value itself.
 *   <li>{@code fromStored(toStored(x))} is {@code x}, unless what is needed for it was destroyed on
 *       purpose.
 * </ol>
 */
@FunctionalInterface
public interface FieldChanges {

  FieldChanges NONE = (record, field) -> Optional.empty();

  Optional<FieldChange> of(Schema record, Schema.Field field);

  /** How the values of one field are changed. Called by many threads at once. */
  interface FieldChange {

    @Nullable Object toStored(@Nullable Object value, Siblings siblings);

    @Nullable Object fromStored(@Nullable Object value, Siblings siblings);
  }

  /**
   * The other fields of the same record: without changes on the way out, as stored on the way in.
   */
  @FunctionalInterface
  interface Siblings {
    @Nullable Object value(String field);
  }
}
