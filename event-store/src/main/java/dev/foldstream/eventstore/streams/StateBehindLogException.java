package dev.foldstream.eventstore.streams;

/** The state of a partition has not seen all of its events; nothing may be decided on it. */
public final class StateBehindLogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StateBehindLogException(String eventsTopic, int partition, long logged, long stored) {
    super(
        ("the state of partition %d must have seen every event of %s, up to sequence %d; it has seen"
                + " %d. Nothing is decided on old state. Mend: stop all instances, delete the"
                + " application's changelog topic and local state, and start again: the state is"
                + " folded again from the events")
            .formatted(partition, eventsTopic, logged, stored));
  }
}
