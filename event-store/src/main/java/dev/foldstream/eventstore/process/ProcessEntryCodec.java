package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.ProcessEntry.Timer;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A process's entry as bytes. The state stays as it was written, so that everything else can be
 * read when the state cannot.
 */
final class ProcessEntryCodec {

  /** Raised when the layout below changes; every earlier one stays readable. */
  private static final int LAYOUT = 1;

  private ProcessEntryCodec() {}

  static byte[] encode(ProcessEntry entry) {
    var bytes = new ByteArrayOutputStream(512);
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      out.writeInt(LAYOUT);
      out.writeInt(entry.stateVersion());
      out.writeBytes(entry.state());
      out.writeLong(entry.version());
      out.writeBytes(entry.progress());
      out.writeString(entry.outcome().name());
      out.writeString(entry.correlationId());
      out.writeLong(entry.timersStarted());
      writeMaps(entry, out);
      out.writeLong(entry.heldFrom());
      out.writeLong(entry.heldTo());
      writeStanding(entry.standing(), out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeMaps(ProcessEntry entry, BinaryEncoder out) throws IOException {
    out.writeInt(entry.pending().size());
    for (Map.Entry<String, String> pending : entry.pending().entrySet()) {
      out.writeString(pending.getKey());
      out.writeString(pending.getValue());
    }
    out.writeInt(entry.timers().size());
    for (Map.Entry<String, Timer> timer : entry.timers().entrySet()) {
      out.writeString(timer.getKey());
      out.writeLong(timer.getValue().number());
      out.writeLong(timer.getValue().dueMillis());
    }
    out.writeInt(entry.seen().size());
    for (Map.Entry<String, Long> stream : entry.seen().entrySet()) {
      out.writeString(stream.getKey());
      out.writeLong(stream.getValue());
    }
  }

  private static void writeStanding(@Nullable Standing standing, BinaryEncoder out)
      throws IOException {
    out.writeBoolean(standing != null);
    if (standing != null) {
      out.writeString(standing.cause());
      out.writeString(standing.detail());
      out.writeLong(standing.sinceMillis());
      out.writeBoolean(standing.full());
    }
  }

  static ProcessEntry decode(byte[] stored) {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(stored, null);
    try {
      int layout = in.readInt();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "a process's entry has layout %d; found %d, written by a newer version"
                .formatted(LAYOUT, layout));
      }
      return new ProcessEntry(
          in.readInt(),
          bytes(in),
          in.readLong(),
          bytes(in),
          Outcome.valueOf(in.readString()),
          in.readString(),
          in.readLong(),
          pending(in),
          timers(in),
          seen(in),
          in.readLong(),
          in.readLong(),
          standing(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("a process's entry is damaged", unreadable);
    }
  }

  private static Map<String, String> pending(BinaryDecoder in) throws IOException {
    var pending = new LinkedHashMap<String, String>();
    for (int left = in.readInt(); left > 0; left--) {
      pending.put(in.readString(), in.readString());
    }
    return pending;
  }

  private static Map<String, Timer> timers(BinaryDecoder in) throws IOException {
    var timers = new LinkedHashMap<String, Timer>();
    for (int left = in.readInt(); left > 0; left--) {
      timers.put(in.readString(), new Timer(in.readLong(), in.readLong()));
    }
    return timers;
  }

  private static Map<String, Long> seen(BinaryDecoder in) throws IOException {
    var seen = new LinkedHashMap<String, Long>();
    for (int left = in.readInt(); left > 0; left--) {
      seen.put(in.readString(), in.readLong());
    }
    return seen;
  }

  private static @Nullable Standing standing(BinaryDecoder in) throws IOException {
    return in.readBoolean()
        ? new Standing(in.readString(), in.readString(), in.readLong(), in.readBoolean())
        : null;
  }

  private static byte[] bytes(BinaryDecoder in) throws IOException {
    ByteBuffer buffer = in.readBytes(null);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
