package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * One input, as it lies in the inputs topic or is held in the store.
 *
 * @param place in the inputs topic; of a timer the last input before it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record InputRecord(RecordPlace place, byte[] value, Headers headers) {

  /** Raised when the layout below changes. */
  private static final int LAYOUT = 1;

  static InputRecord timedOut(RecordPlace place, String timer, long number) {
    var headers = new RecordHeaders();
    ProcessHeaders.write(headers, HeaderNames.INPUT_KIND, InputKind.TIMED_OUT.name());
    ProcessHeaders.write(headers, HeaderNames.TIMER, timer);
    ProcessHeaders.write(headers, HeaderNames.TIMER_NUMBER, Long.toString(number));
    return new InputRecord(place, new byte[0], headers);
  }

  InputKind kind() throws PoisonInputException {
    String text = header(HeaderNames.INPUT_KIND);
    try {
      return InputKind.valueOf(text);
    } catch (IllegalArgumentException unknown) {
      throw new PoisonInputException(
          PoisonInputException.UNREADABLE, "wanted a kind of input; found '" + text + "'");
    }
  }

  /** The text of a header that must be there. */
  String header(String name) throws PoisonInputException {
    try {
      String text = ProcessHeaders.text(headers, name);
      if (text != null) {
        return text;
      }
    } catch (InvalidHeaderException invalid) {
      throw new PoisonInputException(
          PoisonInputException.UNREADABLE, String.valueOf(invalid.getMessage()));
    }
    throw new PoisonInputException(
        PoisonInputException.UNREADABLE, "wanted the header %s; found none".formatted(name));
  }

  byte[] encode() {
    var bytes = new ByteArrayOutputStream(512);
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      out.writeInt(LAYOUT);
      out.writeString(place.topic());
      out.writeInt(place.partition());
      out.writeLong(place.offset());
      out.writeLong(place.timestampMillis());
      out.writeBytes(value);
      Header[] all = headers.toArray();
      out.writeInt(all.length);
      for (Header header : all) {
        out.writeString(header.key());
        out.writeBytes(header.value() == null ? new byte[0] : header.value());
      }
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static InputRecord decode(byte[] stored) {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(stored, null);
    try {
      int layout = in.readInt();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "a held input has layout %d; found %d".formatted(LAYOUT, layout));
      }
      var place = new RecordPlace(in.readString(), in.readInt(), in.readLong(), in.readLong());
      byte[] value = bytes(in);
      var headers = new RecordHeaders();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        headers.add(in.readString(), bytes(in));
      }
      return new InputRecord(place, value, headers);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("a held input is damaged", unreadable);
    }
  }

  private static byte[] bytes(BinaryDecoder in) throws IOException {
    ByteBuffer buffer = in.readBytes(null);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
