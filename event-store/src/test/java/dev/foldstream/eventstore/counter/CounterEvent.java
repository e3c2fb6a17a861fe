package dev.foldstream.eventstore.counter;

public sealed interface CounterEvent {

  /** The total shows whether the state was that of the event before. */
  record Incremented(long by, long total) implements CounterEvent {}

  record Padded(String text) implements CounterEvent {}

  record Unfoldable() implements CounterEvent {}
}
