package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.OutcomeCodec;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * An aggregate's entry as bytes: version, sequence, remembered outcomes, then the state in Avro.
 * The schema of the state is that of its class; {@link #fingerprint} changes with it, and the name
 * of the store with the fingerprint, so a store never holds bytes of another schema.
 */
final class AggregateEntryCodec<S> {

  /** Raised when the layout below changes. */
  private static final int LAYOUT = 1;

  private final RecordCodec<S> states;

  AggregateEntryCodec(Feature.Aggregate<?, S, ?> aggregate, String domain) {
    Schema schema =
        RecordSchemas.schemaOf(
            aggregate.state(), SchemaNames.namespace(domain, aggregate.name()) + ".state");
    this.states = RecordCodec.of(aggregate.state(), schema);
  }

  /** Eight hexadecimal digits over everything that shapes the bytes. */
  String fingerprint() {
    long print =
        SchemaNormalization.parsingFingerprint64(states.schema())
            ^ Long.rotateLeft(SchemaNormalization.parsingFingerprint64(OutcomeCodec.schema()), 1)
            ^ LAYOUT;
    return HexFormat.of().toHexDigits(Long.hashCode(print));
  }

  byte[] encode(AggregateEntry<S> entry) {
    var bytes = new ByteArrayOutputStream(512);
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      out.writeLong(entry.version());
      out.writeLong(entry.sequence());
      out.writeBoolean(entry.more());
      out.writeInt(entry.recent().size());
      for (Remembered remembered : entry.recent()) {
        out.writeString(remembered.commandId());
        out.writeLong(remembered.atMillis());
        out.writeBytes(remembered.bytes());
      }
      out.writeBytes(states.encode(entry.state()));
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  AggregateEntry<S> decode(byte[] stored) {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(stored, null);
    try {
      long version = in.readLong();
      long sequence = in.readLong();
      boolean more = in.readBoolean();
      int count = in.readInt();
      var recent = new ArrayList<Remembered>(Memory.MAX_RECENT);
      for (int i = 0; i < count; i++) {
        recent.add(new Remembered(in.readString(), in.readLong(), bytes(in)));
      }
      return new AggregateEntry<>(version, sequence, recent, more, states.decode(bytes(in)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("an aggregate's entry is damaged", unreadable);
    }
  }

  private static byte[] bytes(BinaryDecoder in) throws IOException {
    ByteBuffer buffer = in.readBytes(null);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
