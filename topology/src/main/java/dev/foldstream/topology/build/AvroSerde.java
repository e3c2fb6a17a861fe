package dev.foldstream.topology.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Records in internal topics and stores: Avro binary of a schema that the version of the topology
 * knows, so no registry is asked.
 */
final class AvroSerde {

  private AvroSerde() {}

  static Serde<GenericRecord> of(List<Schema> records) {
    Schema schema = records.size() == 1 ? records.getFirst() : Schema.createUnion(records);
    return Serdes.serdeFrom(serializer(schema), deserializer(schema));
  }

  private static Serializer<GenericRecord> serializer(Schema schema) {
    var writer = ThreadLocal.withInitial(() -> new Writing(schema));
    return (_, record) -> record == null ? null : writer.get().write(record);
  }

  private static Deserializer<GenericRecord> deserializer(Schema schema) {
    var reader = new GenericDatumReader<GenericRecord>(schema);
    return (_, bytes) -> read(reader, bytes);
  }

  private static @Nullable GenericRecord read(
      GenericDatumReader<GenericRecord> reader, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Reused by one thread. */
  static final class Writing {
    private final GenericDatumWriter<GenericRecord> writer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;

    Writing(Schema schema) {
      writer = new GenericDatumWriter<>(schema);
    }

    byte[] write(GenericRecord record) {
      return write(new byte[0], record);
    }

    byte[] write(byte[] prefix, GenericRecord record) {
      out.reset();
      out.writeBytes(prefix);
      try {
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        writer.write(record, encoder);
        encoder.flush();
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
      return out.toByteArray();
    }
  }
}
