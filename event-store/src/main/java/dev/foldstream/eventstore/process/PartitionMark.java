package dev.foldstream.eventstore.process;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * How far the processes of one partition came.
 *
 * @param sequence of the last progress
 * @param inputOffset of the last input taken, -1 before the first
 * @param inputsTopic the topic that offset belongs to: a topic made anew begins again at 0
 * @param counts the processes by group
 */
record PartitionMark(long sequence, long inputOffset, Uuid inputsTopic, Map<Group, Long> counts) {

  private static final int BYTES = (4 + Group.values().length) * Long.BYTES;

  PartitionMark {
    counts = new EnumMap<>(counts);
  }

  /** Whether this input was taken, although the group's committed offset may be lost. */
  boolean took(long offset, Uuid topic) {
    return offset <= inputOffset && inputsTopic.equals(topic);
  }

  PartitionMark at(long offset, Uuid topic) {
    return new PartitionMark(sequence, offset, topic, counts);
  }

  PartitionMark told() {
    return new PartitionMark(sequence + 1, inputOffset, inputsTopic, counts);
  }

  /** One process went from a group, or from nowhere, to another. */
  PartitionMark moved(@Nullable Group from, Group to) {
    var next = new EnumMap<Group, Long>(counts);
    if (from != null) {
      next.merge(from, -1L, Long::sum);
    }
    next.merge(to, 1L, Long::sum);
    return new PartitionMark(sequence, inputOffset, inputsTopic, next);
  }

  long count(Group group) {
    return counts.getOrDefault(group, 0L);
  }

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(BYTES)
            .putLong(sequence)
            .putLong(inputOffset)
            .putLong(inputsTopic.getMostSignificantBits())
            .putLong(inputsTopic.getLeastSignificantBits());
    for (Group group : Group.values()) {
      out.putLong(count(group));
    }
    return out.array();
  }

  static PartitionMark decode(byte @Nullable [] stored, Uuid inputsTopic) {
    var counts = new EnumMap<Group, Long>(Group.class);
    if (stored == null) {
      return new PartitionMark(0, -1, inputsTopic, counts);
    }
    if (stored.length != BYTES) {
      throw new IllegalStateException(
          "a partition's mark has %d bytes; found %d".formatted(BYTES, stored.length));
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    long sequence = in.getLong();
    long offset = in.getLong();
    var topic = new Uuid(in.getLong(), in.getLong());
    for (Group group : Group.values()) {
      counts.put(group, in.getLong());
    }
    return new PartitionMark(sequence, offset, topic, counts);
  }
}
