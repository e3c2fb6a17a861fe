package dev.foldstream.eventstore.counter;

/** What a counter can be asked, with every way a decider can go wrong. */
public sealed interface CounterCommand {

  record Increment(long by) implements CounterCommand {}

  /** Leads to no event. */
  record LeaveAlone() implements CounterCommand {}

  record AskTooMuch() implements CounterCommand {}

  /** Leads to so many events, each with a text of this size. */
  record Burst(int events, int size) implements CounterCommand {}

  record Fail(How how) implements CounterCommand {}

  /** The place where the decider fails. */
  enum How {
    DECIDING,
    EVOLVING,
    RECURRING
  }
}
