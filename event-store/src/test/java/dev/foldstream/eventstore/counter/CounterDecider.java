package dev.foldstream.eventstore.counter;

import dev.foldstream.eventstore.counter.CounterCommand.AskTooMuch;
import dev.foldstream.eventstore.counter.CounterCommand.Burst;
import dev.foldstream.eventstore.counter.CounterCommand.Fail;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterCommand.LeaveAlone;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.counter.CounterEvent.Padded;
import dev.foldstream.eventstore.counter.CounterEvent.Unfoldable;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import java.util.Collections;
import java.util.concurrent.locks.LockSupport;

public final class CounterDecider implements Decider<CounterCommand, Counter, CounterEvent> {

  /** How long an event takes to be folded, so that a fold has a middle. */
  public static final String SLOWLY = "counter.evolve.nanos";

  private static final long EVOLVE_NANOS = Long.getLong(SLOWLY, 0);

  @Override
  public Counter initial() {
    return new Counter(0);
  }

  @Override
  public Decision<CounterEvent> decide(
      CounterCommand command, Counter state, CommandContext context) {
    return switch (command) {
      case Increment(var by) -> Decision.accept(new Incremented(by, state.total() + by));
      case LeaveAlone() -> Decision.nothingToDo();
      case AskTooMuch() -> Decision.reject(CounterRejection.TOO_MUCH);
      case Burst(var events, var size) ->
          new Decision.Accepted<>(Collections.nCopies(events, new Padded("x".repeat(size))));
      case Fail(var how) -> fail(how);
    };
  }

  @SuppressWarnings("InfiniteRecursion") // as a bug of a decider would
  private static Decision<CounterEvent> fail(CounterCommand.How how) {
    return switch (how) {
      case DECIDING -> throw new IllegalStateException("a bug in decide");
      case EVOLVING -> Decision.accept(new Unfoldable());
      case RECURRING -> fail(how);
    };
  }

  @Override
  public Counter evolve(Counter state, CounterEvent event) {
    if (EVOLVE_NANOS > 0) {
      LockSupport.parkNanos(EVOLVE_NANOS);
    }
    return switch (event) {
      case Incremented(var by, var total) -> new Counter(state.total() + by);
      case Padded ignored -> state;
      case Unfoldable ignored -> throw new IllegalStateException("a bug in evolve");
    };
  }
}
