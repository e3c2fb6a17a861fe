package dev.foldstream.schemas.codec;

import static java.util.Objects.requireNonNull;

import dev.foldstream.schemas.types.RefusedByRecordException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a record, or the records of a sealed interface, by a schema. For all threads.
 *
 * <p>Avro does the schema's part: resolution against the schema something was written with,
 * defaults, aliases, enums, unions and logical types. Reading components and calling constructors
 * is done here, with method handles.
 *
 * <p>What changes on the way: an {@code Instant} loses what is finer than a microsecond, and a
 * decimal gets the scale of its schema when its own is smaller. Everything else comes back as it
 * was, or is refused. Lists and maps that were read do not change.
 */
public final class RecordCodec<T> {

  /** How many schemas of writers are kept ready; beyond it a reader is made for each read. */
  static final int MAX_WRITERS = 1_000;

  private final Class<T> type;
  private final Schema schema;
  private final Schema readerSchema;
  private final RecordModel data;
  private final RecordWriter writer;
  private final Map<Schema, GenericDatumReader<Object>> readers = new ConcurrentHashMap<>();

  private RecordCodec(Class<T> type, Schema schema, SchemaFit fit) {
    this.type = type;
    this.schema = schema;
    this.readerSchema = withJavaStrings(schema);
    this.data = new RecordModel(fit.shapesByName(), fit.enums());
    this.writer = new RecordWriter(schema, data, fit.shapes(), fit.recordNames());
  }

  /**
   * A codec without changes of fields.
   *
   * @throws SchemaMismatchException when type and schema do not fit
   */
  public static <T> RecordCodec<T> of(Class<T> type, Schema schema) {
    return of(type, schema, FieldChanges.NONE);
  }

  /**
   * A codec that changes the values of some fields.
   *
   * @throws SchemaMismatchException when type and schema do not fit
   */
  public static <T> RecordCodec<T> of(Class<T> type, Schema schema, FieldChanges changes) {
    return new RecordCodec<>(type, schema, SchemaFit.check(type, schema, changes));
  }

  public Schema schema() {
    return schema;
  }

  /**
   * Writes a record; does not flush.
   *
   * @throws UnwritableRecordException when a value does not fit the schema
   */
  public void write(T value, Encoder out) {
    try {
      writer.write(value, out);
    } catch (AvroRuntimeException | ArithmeticException | NullPointerException fault) {
      throw new UnwritableRecordException(
          "%s cannot be written: %s".formatted(type.getName(), fault.getMessage()), fault);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /**
   * Reads a record.
   *
   * @param written the schema it was written with
   * @throws UnreadableRecordException when the bytes are not such a record
   */
  public T read(Schema written, Decoder in) {
    try {
      var value = RecordParts.finished(reader(written).read(null, in));
      return type.cast(requireNonNull(value, "a record is never null"));
    } catch (EOFException fault) {
      throw new UnreadableRecordException(
          "%s: the bytes end before the record does".formatted(type.getName()), fault);
    } catch (RefusedByRecordException fault) {
      throw new UnreadableRecordException(
          "%s: %s".formatted(type.getName(), fault.reason()), fault);
    } catch (StackOverflowError fault) {
      throw new UnreadableRecordException(
          "%s: the bytes say records too deep in each other".formatted(type.getName()), fault);
    } catch (IOException | RuntimeException fault) {
      throw asUnreadable(fault);
    }
  }

  /** The record as bytes of its own. */
  public byte[] encode(T value) {
    return Buffers.mine().bytes(new byte[0], out -> write(value, out));
  }

  /** The record in these bytes, all of them, written with the codec's own schema. */
  public T decode(byte[] bytes) {
    return decode(schema, bytes, 0);
  }

  /** The record in these bytes from an offset to the end. */
  public T decode(Schema written, byte[] bytes, int offset) {
    var decoder = Buffers.mine().decoder(bytes, offset);
    var value = read(written, decoder);
    int left = Buffers.left(decoder);
    if (left > 0) {
      throw new UnreadableRecordException(
          "%s: %d bytes are left after the record".formatted(type.getName(), left));
    }
    return value;
  }

  private UnreadableRecordException asUnreadable(Exception fault) {
    return fault instanceof UnreadableRecordException unreadable
        ? unreadable
        : new UnreadableRecordException(
            "%s cannot be read: %s".formatted(type.getName(), fault.getMessage()), fault);
  }

  private GenericDatumReader<Object> reader(Schema written) {
    @Nullable GenericDatumReader<Object> known = readers.get(written);
    if (known != null) {
      return known;
    }
    refuseOtherMeaning(LogicalTypeDifferences.between(readerSchema, written));
    var reader = new GenericDatumReader<Object>(written, readerSchema, data);
    if (readers.size() < MAX_WRITERS) {
      readers.put(written, reader);
    }
    return reader;
  }

  private void refuseOtherMeaning(List<String> differences) {
    if (!differences.isEmpty()) {
      throw new UnreadableRecordException(
          "%s: %s".formatted(type.getName(), String.join("; ", differences)));
    }
  }

  /** A copy whose texts Avro reads as String instead of its own Utf8. */
  private static Schema withJavaStrings(Schema schema) {
    var copy = new Schema.Parser().parse(schema.toString());
    markStrings(copy, new HashSet<>());
    return copy;
  }

  private static void markStrings(Schema schema, Set<String> records) {
    switch (schema.getType()) {
      case STRING -> GenericData.setStringType(schema, GenericData.StringType.String);
      case ARRAY -> markStrings(schema.getElementType(), records);
      case MAP -> {
        GenericData.setStringType(schema, GenericData.StringType.String);
        markStrings(schema.getValueType(), records);
      }
      case UNION -> schema.getTypes().forEach(branch -> markStrings(branch, records));
      case RECORD -> {
        if (records.add(schema.getFullName())) {
          schema.getFields().forEach(field -> markStrings(field.schema(), records));
        }
      }
      default -> {}
    }
  }
}
