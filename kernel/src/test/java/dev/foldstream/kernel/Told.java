package dev.foldstream.kernel;

import org.jspecify.annotations.Nullable;

/** The progress of a process that does nothing. */
record Told(String step) implements ProcessProgress {

  @Override
  public @Nullable String waitingFor() {
    return null;
  }

  @Override
  public int attempts() {
    return 1;
  }

  @Override
  public Outcome outcome() {
    return Outcome.DONE;
  }

  @Override
  public @Nullable String reason() {
    return null;
  }
}
