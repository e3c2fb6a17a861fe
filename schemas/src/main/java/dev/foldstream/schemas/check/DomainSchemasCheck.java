package dev.foldstream.schemas.check;

import dev.foldstream.kernel.Domain;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.compatibility.ReleasedSchemas;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.files.SchemaKind;
import dev.foldstream.schemas.json.RecordJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;

/**
 * What a domain's build asks of its schema files; one test of a domain calls it.
 *
 * <ol>
 *   <li>Every record that a sealed interface of commands or events permits has a file that fits.
 *   <li>Every event comes back equal from bytes and from JSON, and the same bytes come again.
 *   <li>Every released version of an event is read by the record of today.
 * </ol>
 */
public final class DomainSchemasCheck {

  private static final int SAMPLES = 50;

  private final SchemaFiles files;
  private final ReleasedSchemas released;
  private final RecordJson json;
  private final List<String> faults = new ArrayList<>();

  private DomainSchemasCheck(SchemaFiles files, ReleasedSchemas released) {
    this.files = files;
    this.released = released;
    this.json = new RecordJson(files);
  }

  /**
   * Every fault of a domain's events; empty when there is none.
   *
   * @param released the folder of {@link ReleasedSchemas}
   * @throws dev.foldstream.schemas.files.SchemaFilesException when files are missing or do not fit
   */
  public static List<String> faults(Domain domain, Path released) {
    var check = new DomainSchemasCheck(SchemaFiles.of(domain), ReleasedSchemas.in(released));
    for (var type : check.files.records()) {
      if (check.files.kind(type) == SchemaKind.EVENT) {
        check.event(type);
      }
    }
    return check.faults;
  }

  private <T extends Record> void event(Class<T> type) {
    var schema = files.schema(type);
    var codec = RecordCodec.of(type, schema);
    for (int seed = 0; seed < SAMPLES; seed++) {
      roundTrip(type, codec, bytes(schema, seed), seed);
    }
    for (var version : released.versions(files.fileName(type))) {
      for (int seed = 0; seed < SAMPLES; seed++) {
        attempt(type, "a released version", version, codec, seed);
      }
    }
  }

  private <T extends Record> void roundTrip(
      Class<T> type, RecordCodec<T> codec, byte[] bytes, int seed) {
    try {
      var record = codec.decode(bytes);
      if (!Arrays.equals(codec.encode(record), bytes)) {
        fault(type, "other bytes than were read are written again", seed);
      }
      var text = json.text(record).getBytes(StandardCharsets.UTF_8);
      if (!json.read(text, type).equals(record)) {
        fault(type, "another record comes back from JSON", seed);
      }
    } catch (RuntimeException fault) {
      fault(type, String.valueOf(fault.getMessage()), seed);
    }
  }

  private void attempt(Class<?> type, String what, Schema written, RecordCodec<?> codec, int seed) {
    try {
      codec.decode(written, bytes(written, seed), 0);
    } catch (RuntimeException fault) {
      fault(type, what + ": " + fault.getMessage(), seed);
    }
  }

  private void fault(Class<?> type, String detail, int seed) {
    faults.add("%s (seed %d): %s".formatted(type.getSimpleName(), seed, detail));
  }

  private static byte[] bytes(Schema schema, int seed) {
    try {
      var out = new ByteArrayOutputStream();
      var encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(schema).write(new SchemaSamples(seed).value(schema), encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
