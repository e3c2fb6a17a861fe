package dev.foldstream.eventstore.process;

import dev.foldstream.kernel.ProcessProgress.Outcome;

/** What processes are counted by: how they go, or that they stand still. The order is stored. */
public enum Group {
  RUNNING,
  COMPENSATING,
  DONE,
  COMPENSATED,
  /** The process told that it failed; a retry is an input of it. */
  FAILED,
  /** Its manager threw; a retry takes the input again. */
  STANDING_STILL;

  static Group of(Outcome outcome) {
    return switch (outcome) {
      case RUNNING -> RUNNING;
      case COMPENSATING -> COMPENSATING;
      case DONE -> DONE;
      case COMPENSATED -> COMPENSATED;
      case FAILED -> FAILED;
    };
  }

  /** Whether an operator is asked for. */
  boolean needsHelp() {
    return this == FAILED || this == STANDING_STILL;
  }
}
