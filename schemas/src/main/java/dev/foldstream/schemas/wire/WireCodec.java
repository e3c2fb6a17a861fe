package dev.foldstream.schemas.wire;

import dev.foldstream.kernel.Upcaster;
import dev.foldstream.schemas.codec.Buffers;
import dev.foldstream.schemas.codec.FieldChanges;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.UnreadableRecordException;
import dev.foldstream.schemas.codec.UnwritableRecordException;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.registry.UnknownSchemaException;
import dev.foldstream.schemas.types.RecordTypes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * Records as Kafka values in Confluent's wire format: {@code 0x00}, the schema's id in four bytes,
 * Avro binary. Subjects are named by topic and record. For all threads.
 */
public final class WireCodec {

  /** How many schema ids are kept ready for reading; beyond it each value is looked up anew. */
  static final int MAX_CACHED_READERS = 10_000;

  private static final byte MAGIC = 0;
  private static final int PREFIX_BYTES = 5;

  private record Written(String topic, Class<?> type) {}

  /** What it takes to read the values of one schema id. */
  private record Reader(RecordCodec<Record> codec, Schema written, @Nullable Upcaster<?> upcaster) {

    Record read(byte[] value) {
      var stored = codec.decode(written, value, PREFIX_BYTES);
      return upcaster == null ? stored : upcast(upcaster, stored);
    }

    private static Record upcast(Upcaster<?> upcaster, Record stored) {
      try {
        return (Record) upcaster.toEvent().apply(stored);
      } catch (RuntimeException fault) {
        throw new UnreadableValueException(
            "the upcaster of %s failed: %s".formatted(upcaster.old().getName(), fault), fault);
      }
    }
  }

  private final SchemaRegistry registry;
  private final SchemaFiles files;
  private final Map<Class<?>, RecordCodec<Record>> codecs;
  private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
  private final Map<Written, Integer> ids = new ConcurrentHashMap<>();

  public WireCodec(SchemaRegistry registry, SchemaFiles files) {
    this(registry, files, FieldChanges.NONE);
  }

  public WireCodec(SchemaRegistry registry, SchemaFiles files, FieldChanges changes) {
    this.registry = registry;
    this.files = files;
    this.codecs =
        files.records().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), type -> codec(type, files.schema(type), changes)));
  }

  /**
   * Registers the schemas of all records of a sealed interface, with the compatibility that their
   * kind wants.
   *
   * @throws dev.foldstream.schemas.registry.IncompatibleSchemaException naming the field
   */
  public void register(String topic, Class<?> sealedOrRecord) {
    for (var type : RecordTypes.permitted(sealedOrRecord)) {
      var subject = subject(topic, type);
      var schema = files.schema(type);
      registry.compatibility(subject, files.kind(type).compatibility());
      ids.put(new Written(topic, type), registry.register(subject, schema));
    }
  }

  /**
   * The value of a record on this topic.
   *
   * @throws UnregisteredSchemaException when the schema is not in the registry; nothing is
   *     registered here
   * @throws UnwritableRecordException when a component's value does not fit the schema
   */
  public byte[] encode(String topic, Record value) {
    var codec = codec(value.getClass());
    int id = id(topic, value.getClass());
    var prefix = ByteBuffer.allocate(PREFIX_BYTES).put(MAGIC).putInt(id).array();
    return Buffers.mine().bytes(prefix, out -> codec.write(value, out));
  }

  /**
   * The record in a value; for the old form of an event, the event of today.
   *
   * @throws UnreadableValueException when the bytes are no record that is known here
   * @throws dev.foldstream.schemas.registry.SchemaRegistryUnavailableException when the schema
   *     could not be asked for; the value may be good
   */
  public Record decode(byte[] value) {
    var reader = reader(schemaId(value));
    try {
      return reader.read(value);
    } catch (UnreadableRecordException fault) {
      throw new UnreadableValueException(String.valueOf(fault.getMessage()), fault);
    }
  }

  private static int schemaId(byte[] value) {
    if (value.length < PREFIX_BYTES) {
      throw new UnreadableValueException(
          "too short: wanted at least %d bytes (0x00 and a schema id), found %d"
              .formatted(PREFIX_BYTES, value.length),
          null);
    }
    if (value[0] != MAGIC) {
      throw new UnreadableValueException(
          "wrong magic byte: wanted 0x00, found 0x%02x".formatted(value[0]), null);
    }
    return ByteBuffer.wrap(value).getInt(1);
  }

  private Reader reader(int id) {
    @Nullable Reader known = readers.get(id);
    if (known != null) {
      return known;
    }
    var reader = newReader(id);
    if (readers.size() < MAX_CACHED_READERS) {
      readers.put(id, reader);
    }
    return reader;
  }

  private Reader newReader(int id) {
    try {
      var written = registry.schema(id);
      var name =
          written.getType() == Schema.Type.RECORD ? written.getFullName() : written.toString();
      var type =
          files
              .find(name)
              .orElseThrow(
                  () ->
                      new UnreadableValueException(
                          "unknown type %s (schema id %d)".formatted(name, id), null));
      return new Reader(codec(type), written, files.upcaster(type).orElse(null));
    } catch (UnknownSchemaException fault) {
      throw new UnreadableValueException(
          "unknown schema id %d: the registry has no such schema".formatted(id), fault);
    } catch (SchemaParseException fault) {
      throw new UnreadableValueException(
          "the schema with id %d is not one of Avro that stands alone".formatted(id), fault);
    }
  }

  private int id(String topic, Class<?> type) {
    var written = new Written(topic, type);
    @Nullable Integer known = ids.get(written);
    if (known != null) {
      return known;
    }
    var subject = subject(topic, type);
    int id =
        registry
            .find(subject, files.schema(type))
            .orElseThrow(() -> new UnregisteredSchemaException(subject));
    ids.put(written, id);
    return id;
  }

  private String subject(String topic, Class<?> type) {
    return topic + "-" + files.typeName(type);
  }

  private RecordCodec<Record> codec(Class<?> type) {
    @Nullable RecordCodec<Record> codec = codecs.get(type);
    if (codec == null) {
      throw new IllegalArgumentException(type.getName() + " has no schema file");
    }
    return codec;
  }

  @SuppressWarnings("unchecked") // asked for by the class of the record that it writes
  private static RecordCodec<Record> codec(
      Class<? extends Record> type, Schema schema, FieldChanges changes) {
    return (RecordCodec<Record>) RecordCodec.of(type, schema, changes);
  }
}
