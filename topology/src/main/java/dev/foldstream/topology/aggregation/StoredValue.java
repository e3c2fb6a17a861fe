package dev.foldstream.topology.aggregation;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A value of Avro within the state of an aggregate. */
final class StoredValue {

  private final GenericDatumWriter<Object> writer;
  private final GenericDatumReader<Object> reader;

  StoredValue(Schema schema) {
    writer = new GenericDatumWriter<>(schema);
    reader = new GenericDatumReader<>(schema);
  }

  void write(Object value, DataOutputStream out) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    writer.write(value, encoder);
    encoder.flush();
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  Object read(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
