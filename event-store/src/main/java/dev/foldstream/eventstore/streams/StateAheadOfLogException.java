package dev.foldstream.eventstore.streams;

/** The state of a partition has seen events that are not in the log; nothing may follow on them. */
public final class StateAheadOfLogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StateAheadOfLogException(String eventsTopic, int partition, long logged, long stored) {
    super(
        ("the events of partition %d of %s must reach as far as its state, to sequence %d; they end"
                + " with sequence %d. A commit reached the state and not the events, or events were"
                + " deleted. Nothing is decided on it. Mend: if the events that are there are what"
                + " you want to keep, stop all instances, delete the application's changelog topic"
                + " and local state, and start again: the state is folded again from the events")
            .formatted(partition, eventsTopic, stored, logged));
  }
}
