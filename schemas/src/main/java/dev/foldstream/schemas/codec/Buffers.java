package dev.foldstream.schemas.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** An encoder, its buffer and a decoder of one thread, used again for each record. */
public final class Buffers {

  /** A larger buffer is not kept. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 512;
  private static final ThreadLocal<Buffers> MINE = ThreadLocal.withInitial(Buffers::new);

  private ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_BYTES);
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  private Buffers() {}

  /** Those of the thread that calls. */
  public static Buffers mine() {
    return MINE.get();
  }

  /** The prefix, followed by what is written. */
  public byte[] bytes(byte[] prefix, Consumer<Encoder> content) {
    try {
      out.reset();
      out.write(prefix);
      var writing = EncoderFactory.get().directBinaryEncoder(out, encoder);
      encoder = writing;
      content.accept(writing);
      writing.flush();
      return out.toByteArray();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } finally {
      if (out.size() > MAX_KEPT_BYTES) {
        out = new ByteArrayOutputStream(FIRST_BYTES);
      }
    }
  }

  BinaryDecoder decoder(byte[] bytes, int offset) {
    var reading = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
    decoder = reading;
    return reading;
  }

  static int left(BinaryDecoder decoder) {
    try {
      return decoder.isEnd() ? 0 : Math.max(1, decoder.inputStream().available());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
