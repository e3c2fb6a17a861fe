package dev.foldstream.host.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an answer straight into bytes. */
public final class JsonBytes {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int EXPECTED_SIZE = 1024;

  private JsonBytes() {}

  /** One JSON value, as it is written by hand. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  public static byte[] of(Content content) {
    var bytes = new ByteArrayOutputStream(EXPECTED_SIZE);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      content.writeTo(out);
    } catch (IOException notOnBytes) {
      throw new UncheckedIOException(notOnBytes);
    }
    return bytes.toByteArray();
  }
}
