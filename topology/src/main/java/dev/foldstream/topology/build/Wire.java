package dev.foldstream.topology.build;

import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.registry.UnknownSchemaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Generic records in Confluent's wire format. What was written with another version of a schema is
 * resolved to the one the topology was checked against. For one thread.
 */
public final class Wire {

  private static final int PREFIX_BYTES = 5;

  /** Schema ids that are kept ready; beyond it each value is looked up anew. */
  private static final int MAX_READERS = 1_000;

  private final SchemaRegistry registry;
  private final Map<String, Schema> known = new HashMap<>();
  private final Map<Integer, Reader> readers = new HashMap<>();
  private final Map<String, byte[]> prefixes = new HashMap<>();
  private final Map<Schema, AvroSerde.Writing> writers = new HashMap<>();
  private @Nullable BinaryDecoder decoder;

  /**
   * A codec.
   *
   * @param records that are wanted when reading; others are told by their name
   */
  public Wire(SchemaRegistry registry, List<Schema> records) {
    this.registry = registry;
    records.forEach(
        record -> {
          known.put(record.getFullName(), record);
          record.getAliases().forEach(alias -> known.putIfAbsent(alias, record));
        });
  }

  private record Reader(@Nullable GenericDatumReader<GenericRecord> reader, String name) {}

  /** A value of no record that is wanted. */
  public static final class OtherTypeException extends Exception {
    private static final long serialVersionUID = 1L;

    OtherTypeException(String name) {
      super(name, null, false, false);
    }
  }

  /** The bytes are no record that can be read. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  public GenericRecord read(byte[] value) throws OtherTypeException, UnreadableException {
    if (value.length < PREFIX_BYTES || value[0] != 0) {
      throw new UnreadableException("wanted 0x00 and a schema id before the value", null);
    }
    Reader reader = reader(ByteBuffer.wrap(value).getInt(1));
    if (reader.reader() == null) {
      throw new OtherTypeException(reader.name());
    }
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(value, PREFIX_BYTES, value.length - PREFIX_BYTES, decoder);
      return reader.reader().read(null, decoder);
    } catch (IOException | AvroRuntimeException | ArithmeticException fault) {
      throw new UnreadableException(
          "not a value of %s: %s".formatted(reader.name(), fault.getMessage()), fault);
    }
  }

  private Reader reader(int id) throws UnreadableException {
    Reader reader = readers.get(id);
    if (reader == null) {
      reader = newReader(id);
      if (readers.size() < MAX_READERS) {
        readers.put(id, reader);
      }
    }
    return reader;
  }

  private Reader newReader(int id) throws UnreadableException {
    try {
      Schema written = registry.schema(id);
      if (written.getType() != Schema.Type.RECORD) {
        return new Reader(null, written.getType().getName());
      }
      Schema wanted = wanted(written);
      return new Reader(
          wanted == null ? null : new GenericDatumReader<>(written, wanted), written.getFullName());
    } catch (UnknownSchemaException fault) {
      throw new UnreadableException("the registry has no schema with id " + id, fault);
    }
  }

  private @Nullable Schema wanted(Schema written) {
    Schema wanted = known.get(written.getFullName());
    return wanted != null ? wanted : known.get(written.getNamespace() + "." + written.getName());
  }

  /** The value of a record, under the id that it was registered with. */
  public byte[] write(String subject, GenericRecord record) {
    byte[] prefix = prefixes.get(subject);
    if (prefix == null) {
      int id =
          registry
              .find(subject, record.getSchema())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          subject + " is not registered: a topology starts after its outputs are"));
      prefix = ByteBuffer.allocate(PREFIX_BYTES).put((byte) 0).putInt(id).array();
      prefixes.put(subject, prefix);
    }
    return writers
        .computeIfAbsent(record.getSchema(), AvroSerde.Writing::new)
        .write(prefix, record);
  }
}
