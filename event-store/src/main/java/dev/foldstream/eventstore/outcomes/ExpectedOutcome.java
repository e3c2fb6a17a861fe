package dev.foldstream.eventstore.outcomes;

import java.util.concurrent.CompletableFuture;

/** A place in the map of those who wait; closed, it waits no longer. */
public final class ExpectedOutcome implements AutoCloseable {

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Runnable forget;

  ExpectedOutcome(java.util.function.Consumer<ExpectedOutcome> forget) {
    this.forget = () -> forget.accept(this);
  }

  /** Completed with the outcome; never completed exceptionally but by an unreadable outcome. */
  public CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  @Override
  public void close() {
    forget.run();
  }
}
