package dev.foldstream.eventstore.quarantine;

/** What became of a quarantined command. */
public enum QuarantineState {
  /** Nobody did anything about it, or it was tried again and set aside again. */
  OPEN,
  /** Tried again, and not set aside since. */
  RETRIED,
  /** A person said that it is not to be decided. */
  DISCARDED
}
