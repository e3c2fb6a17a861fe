package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.QuarantineCause;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.HeaderText;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.schemas.wire.UnreadableValueException;
import dev.foldstream.schemas.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a command record, each refused with its own cause. */
final class CommandReader {

  private final WireCodec codec;
  private final int partitions;

  CommandReader(WireCodec codec, int partitions) {
    this.codec = codec;
    this.partitions = partitions;
  }

  /** The aggregate's id, which belongs to this partition. */
  String id(CommandRecord command) throws PoisonCommandException {
    byte[] key = command.key();
    String id = text(key);
    if (key == null || id == null) {
      throw new PoisonCommandException(
          QuarantineCause.INVALID_ID,
          "wanted the aggregate's id as key, in UTF-8; found "
              + (key == null ? "no key" : key.length + " other bytes"));
    }
    var fault = AggregateId.fault(id);
    if (fault.isPresent()) {
      throw new PoisonCommandException(QuarantineCause.INVALID_ID, fault.get());
    }
    int belongs = Partitions.of(key, partitions);
    if (belongs != command.place().partition()) {
      throw new PoisonCommandException(
          QuarantineCause.WRONG_PARTITION,
          ("key '%s' belongs to partition %d by murmur2; found in partition %d. Mend: let the"
                  + " producer use the default partitioner of Kafka's Java client")
              .formatted(id, belongs, command.place().partition()));
    }
    return id;
  }

  CommandHeaders headers(CommandRecord command) throws PoisonCommandException {
    try {
      return CommandHeaders.read(command.headers(), command.place());
    } catch (InvalidHeaderException invalid) {
      throw new PoisonCommandException(
          QuarantineCause.INVALID_HEADER, String.valueOf(invalid.getMessage()));
    }
  }

  Object value(CommandRecord command) throws PoisonCommandException {
    byte[] value = command.value();
    if (value == null) {
      throw new PoisonCommandException(
          QuarantineCause.UNREADABLE, "wanted a command as value; found none");
    }
    try {
      return codec.decode(value);
    } catch (UnreadableValueException unreadable) {
      throw new PoisonCommandException(
          QuarantineCause.UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
  }

  /** The bytes as text, or null when they are not UTF-8. */
  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : HeaderText.textOrNull(bytes);
  }
}
