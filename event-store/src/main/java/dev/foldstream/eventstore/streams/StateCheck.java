package dev.foldstream.eventstore.streams;

/** Compares the state of a partition with its events, before anything is decided on it. */
@FunctionalInterface
public interface StateCheck {

  /**
   * Refuses a state that has seen fewer or more events than are committed.
   *
   * @param stored the sequence of the last event that the state has seen, 0 for none
   * @throws StateBehindLogException when events are missing in the state
   * @throws StateAheadOfLogException when events are missing in the log
   */
  void check(int partition, long stored);
}
