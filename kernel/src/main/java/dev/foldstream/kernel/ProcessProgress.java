package dev.foldstream.kernel;

import org.jspecify.annotations.Nullable;

/** Where a process stands. A domain's record implements it; its schema file is a contract. */
public interface ProcessProgress {

  /** What it does now, in the words of the domain. */
  String step();

  /** What it waits for, or null when it waits for nothing. */
  @Nullable String waitingFor();

  /** How often the present step was begun, from 1. */
  int attempts();

  Outcome outcome();

  /** Why it was undone or has failed, else null. */
  @Nullable String reason();

  /** How it goes, or has ended. */
  enum Outcome {
    RUNNING,
    /** Undoing what was done. */
    COMPENSATING,
    DONE,
    /** Ended, with everything undone. */
    COMPENSATED,
    /** Cannot go on by itself; an operator can retry it. */
    FAILED
  }
}
