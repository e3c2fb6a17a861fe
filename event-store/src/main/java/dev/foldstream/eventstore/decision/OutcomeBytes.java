package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.AppendedEvent;
import dev.foldstream.eventstore.outcomes.Outcome.Conflict;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.outcomes.Outcome.Rejected;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import dev.foldstream.schemas.codec.Buffers;
import dev.foldstream.schemas.files.SchemaNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;

/**
 * Outcomes in as few bytes as a store needs: without the command's id and the partition, which are
 * known where they are read, and the names of types without their namespace. Numbers and texts as
 * in Avro.
 */
final class OutcomeBytes {

  private static final byte[] NO_PREFIX = {};

  private static final int ACCEPTED = 0;
  private static final int REJECTED = 1;
  private static final int CONFLICT = 2;
  private static final int QUARANTINED = 3;

  private final String namespace;

  OutcomeBytes(String domain, String aggregate) {
    this.namespace = SchemaNames.namespace(domain, aggregate) + ".";
  }

  byte[] encode(Outcome outcome) {
    return Buffers.mine()
        .bytes(
            NO_PREFIX,
            out -> {
              try {
                write(outcome, out);
              } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
              }
            });
  }

  private void write(Outcome outcome, Encoder out) throws IOException {
    switch (outcome) {
      case Accepted(var _, var _, var sequence, var version, var events) -> {
        head(out, ACCEPTED, sequence);
        out.writeLong(version);
        writeEvents(events, version, out);
      }
      case Rejected(var _, var _, var sequence, var version, var rejection) -> {
        head(out, REJECTED, sequence);
        out.writeLong(version);
        out.writeString(rejection);
      }
      case Conflict(var _, var _, var sequence, var expected, var found) -> {
        head(out, CONFLICT, sequence);
        out.writeLong(expected);
        out.writeLong(found);
      }
      case Quarantined(var _, var _, var sequence, var cause) -> {
        head(out, QUARANTINED, sequence);
        out.writeString(cause);
      }
      case Unknown unknown ->
          throw new IllegalArgumentException("an unknown outcome is not remembered: " + unknown);
    }
  }

  private static void head(Encoder out, int kind, long sequence) throws IOException {
    out.writeInt(kind);
    out.writeLong(sequence);
  }

  /** Versions are dense, and the last is that of the outcome. */
  private void writeEvents(List<AppendedEvent> events, long version, Encoder out)
      throws IOException {
    out.writeInt(events.size());
    for (int i = 0; i < events.size(); i++) {
      AppendedEvent event = events.get(i);
      if (event.version() != version - events.size() + i + 1) {
        throw new IllegalArgumentException("the versions of a command's events are dense");
      }
      boolean own = event.type().startsWith(namespace);
      out.writeString(own ? event.type().substring(namespace.length()) : "/" + event.type());
    }
  }

  Outcome decode(String commandId, int partition, byte[] bytes) {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, null);
    try {
      int kind = in.readInt();
      long sequence = in.readLong();
      return switch (kind) {
        case ACCEPTED -> accepted(commandId, partition, sequence, in);
        case REJECTED ->
            new Rejected(commandId, partition, sequence, in.readLong(), in.readString());
        case CONFLICT -> new Conflict(commandId, partition, sequence, in.readLong(), in.readLong());
        case QUARANTINED -> new Quarantined(commandId, partition, sequence, in.readString());
        default -> throw new IOException("unknown kind " + kind);
      };
    } catch (IOException damaged) {
      throw new UncheckedIOException("a remembered outcome is damaged", damaged);
    }
  }

  private Accepted accepted(String commandId, int partition, long sequence, BinaryDecoder in)
      throws IOException {
    long version = in.readLong();
    int count = in.readInt();
    var events = new ArrayList<AppendedEvent>(count);
    for (int i = 1; i <= count; i++) {
      String name = in.readString();
      String type = name.startsWith("/") ? name.substring(1) : namespace + name;
      events.add(new AppendedEvent(type, version - count + i));
    }
    return new Accepted(commandId, partition, sequence, version, events);
  }
}
