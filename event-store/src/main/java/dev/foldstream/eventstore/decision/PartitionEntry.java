package dev.foldstream.eventstore.decision;

import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * How far the decisions of one partition came.
 *
 * @param sequence of the last event
 * @param commandOffset of the last command decided, -1 before the first
 * @param commandsTopic the topic that offset belongs to: a topic made anew begins again at 0
 */
record PartitionEntry(long sequence, long commandOffset, Uuid commandsTopic) {

  private static final int BYTES = 4 * Long.BYTES;

  static PartitionEntry first(Uuid commandsTopic) {
    return new PartitionEntry(0, -1, commandsTopic);
  }

  /** Whether this command was decided, although the group's committed offset may be lost. */
  boolean decided(long offset, Uuid topic) {
    return offset <= commandOffset && commandsTopic.equals(topic);
  }

  PartitionEntry next(int events, long offset, Uuid topic) {
    return new PartitionEntry(sequence + events, offset, topic);
  }

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putLong(sequence)
        .putLong(commandOffset)
        .putLong(commandsTopic.getMostSignificantBits())
        .putLong(commandsTopic.getLeastSignificantBits())
        .array();
  }

  static PartitionEntry decode(byte @Nullable [] stored, Uuid commandsTopic) {
    if (stored == null) {
      return first(commandsTopic);
    }
    if (stored.length != BYTES) {
      throw new IllegalStateException(
          "a partition's entry has %d bytes; found %d".formatted(BYTES, stored.length));
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new PartitionEntry(in.getLong(), in.getLong(), new Uuid(in.getLong(), in.getLong()));
  }
}
