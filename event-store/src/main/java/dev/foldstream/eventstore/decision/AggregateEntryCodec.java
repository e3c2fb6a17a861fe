package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.AggregateEntry.PageRange;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.codec.Buffers;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaNames;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * An aggregate's entry as bytes: version, sequence, numbers of pages, remembered outcomes, then the
 * state in Avro. The schema of the state is that of its class; {@link #fingerprint} changes with
 * it, and the name of the store with the fingerprint, so a store never holds bytes of another
 * schema.
 */
final class AggregateEntryCodec<S> {

  /** Raised when the layout below changes. */
  private static final int LAYOUT = 2;

  private static final int HEAD_BYTES = 4 * Long.BYTES + Integer.BYTES;

  private final RecordCodec<S> states;

  AggregateEntryCodec(Feature.Aggregate<?, S, ?> aggregate, String domain) {
    Schema schema =
        RecordSchemas.schemaOf(
            aggregate.state(), SchemaNames.namespace(domain, aggregate.name()) + ".state");
    this.states = RecordCodec.of(aggregate.state(), schema);
  }

  /** Eight hexadecimal digits over everything that shapes the bytes. */
  String fingerprint() {
    long print = SchemaNormalization.parsingFingerprint64(states.schema()) ^ LAYOUT;
    return HexFormat.of().toHexDigits(Long.hashCode(print));
  }

  byte[] encode(AggregateEntry<S> entry) {
    return Buffers.mine().bytes(encodedHead(entry), out -> states.write(entry.state(), out));
  }

  /** Everything but the state. */
  private static byte[] encodedHead(AggregateEntry<?> entry) {
    byte[] recent = entry.recent().bytes();
    return ByteBuffer.allocate(HEAD_BYTES + recent.length)
        .putLong(entry.version())
        .putLong(entry.sequence())
        .putLong(entry.pages().first())
        .putLong(entry.pages().next())
        .putInt(recent.length)
        .put(recent)
        .array();
  }

  AggregateEntry<S> decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    long version = in.getLong();
    long sequence = in.getLong();
    var pages = new PageRange(in.getLong(), in.getLong());
    byte[] recent = new byte[in.getInt()];
    in.get(recent);
    S state = states.decode(states.schema(), stored, HEAD_BYTES + recent.length);
    return new AggregateEntry<>(version, sequence, RememberedRow.of(recent), pages, state);
  }
}
