package dev.foldstream.eventstore.shadow;

import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The events of a partition, handed out up to a command. */
final class RecordedEvents {

  private final Iterator<ConsumerRecord<byte[], byte[]>> events;
  private final long commandsEnd;
  private @Nullable ConsumerRecord<byte[], byte[]> next;
  private long lastCommand = -1;

  RecordedEvents(Iterator<ConsumerRecord<byte[], byte[]>> events, long commandsEnd) {
    this.events = events;
    this.commandsEnd = commandsEnd;
  }

  /** Hands out, in order, what follows from commands before this offset. */
  void before(
      long commandOffset,
      BiConsumer<ConsumerRecord<byte[], byte[]>, EventHeaders> take,
      BooleanSupplier stopped) {
    while (!stopped.getAsBoolean() && (next != null || events.hasNext())) {
      ConsumerRecord<byte[], byte[]> event = next == null ? events.next() : next;
      EventHeaders headers = headers(event);
      check(event, headers.commandOffset());
      if (headers.commandOffset() >= commandOffset) {
        next = event;
        return;
      }
      next = null;
      take.accept(event, headers);
    }
  }

  private void check(ConsumerRecord<byte[], byte[]> event, long offset) {
    if (offset < lastCommand || offset >= commandsEnd) {
      throw new IllegalStateException(
          "%s-%d@%d follows from a command at offset %d; found one at %d before it and %d as the end of the commands. The commands topic was made anew, so nothing says which events came before which command"
              .formatted(
                  event.topic(),
                  event.partition(),
                  event.offset(),
                  offset,
                  lastCommand,
                  commandsEnd));
    }
    lastCommand = offset;
  }

  static EventHeaders headers(ConsumerRecord<byte[], byte[]> event) {
    try {
      return EventHeaders.read(event.headers());
    } catch (InvalidHeaderException foreign) {
      throw new IllegalStateException(
          "%s-%d@%d is not an event of Foldstream: %s. Mend: nothing else may write to an events topic"
              .formatted(event.topic(), event.partition(), event.offset(), foreign.getMessage()),
          foreign);
    }
  }
}
