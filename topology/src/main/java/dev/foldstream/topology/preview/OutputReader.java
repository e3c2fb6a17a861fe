package dev.foldstream.topology.preview;

import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.topology.expressions.AvroJson;
import dev.foldstream.topology.preview.PreviewReport.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.streams.test.TestRecord;

/** Records that sinks write, as they are shown. */
final class OutputReader {

  private static final int PREFIX_BYTES = 5;

  private final SchemaRegistry registry;

  OutputReader(SchemaRegistry registry) {
    this.registry = registry;
  }

  Output read(TestRecord<String, byte[]> record) {
    var headers = new LinkedHashMap<String, String>();
    record
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    byte[] value = record.value();
    long millis = record.timestamp();
    if (value == null) {
      return new Output(record.key(), null, null, millis, headers);
    }
    var schema = registry.schema(ByteBuffer.wrap(value).getInt(1));
    try {
      var read =
          new GenericDatumReader<GenericRecord>(schema)
              .read(
                  null,
                  DecoderFactory.get()
                      .binaryDecoder(value, PREFIX_BYTES, value.length - PREFIX_BYTES, null));
      return new Output(record.key(), schema.getFullName(), AvroJson.write(read), millis, headers);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
