package dev.foldstream.schemas.codec;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Avro's writer, reading records through their accessors. */
final class RecordWriter extends GenericDatumWriter<Object> {

  /** By identity: the schemas are those of one codec. */
  private final IdentityHashMap<Schema, RecordShape> shapes;

  private final Map<Class<?>, String> names;

  RecordWriter(
      Schema root,
      RecordModel data,
      IdentityHashMap<Schema, RecordShape> shapes,
      Map<Class<?>, String> names) {
    super(root, data);
    this.shapes = shapes;
    this.names = names;
  }

  @Override
  protected void writeRecord(Schema schema, Object record, Encoder out) throws IOException {
    var shape = shapes.get(schema);
    if (shape == null || !shape.recordClass().isInstance(record)) {
      throw new AvroTypeException(
          "wanted a %s, found a %s".formatted(schema.getFullName(), record.getClass().getName()));
    }
    var fields = schema.getFields();
    for (int index = 0; index < fields.size(); index++) {
      writeField(shape.stored(record, index), fields.get(index), out, null);
    }
  }

  /** Called with the value of the field in place of the record. */
  @Override
  protected void writeField(
      @Nullable Object value, Schema.Field field, Encoder out, @Nullable Object state)
      throws IOException {
    try {
      write(field.schema(), value, out);
    } catch (AvroRuntimeException | ArithmeticException | NullPointerException fault) {
      throw UnwritableField.in(field.name(), fault);
    }
  }

  @Override
  protected void writeEnum(Schema schema, Object constant, Encoder out) throws IOException {
    out.writeEnum(schema.getEnumOrdinal(((Enum<?>) constant).name()));
  }

  @Override
  protected int resolveUnion(Schema union, @Nullable Object value) {
    var branches = union.getTypes();
    int values = 0;
    int last = -1;
    for (int index = 0; index < branches.size(); index++) {
      var branch = branches.get(index);
      if (branch.getType() == Schema.Type.NULL) {
        if (value == null) {
          return index;
        }
      } else {
        values++;
        last = index;
      }
    }
    return values == 1 && value != null ? last : indexOfRecord(union, value);
  }

  private int indexOfRecord(Schema union, @Nullable Object value) {
    var name = value == null ? null : names.get(value.getClass());
    var index = name == null ? null : union.getIndexNamed(name);
    if (index == null) {
      throw new AvroTypeException("no branch of %s takes %s".formatted(union, value));
    }
    return index;
  }
}
