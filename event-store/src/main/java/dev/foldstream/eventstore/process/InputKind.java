package dev.foldstream.eventstore.process;

/** What an input is made of. The names are the stored form. */
enum InputKind {
  /** An event; value and headers are the event's. */
  HAPPENED,
  /** The outcome of a command of the process; value and headers are the outcome's. */
  ANSWERED,
  /** A timer; it comes from the store, never from the topic. */
  TIMED_OUT,
  /** Somebody wants it tried again. */
  RETRIED
}
