package dev.foldstream.eventstore.shadow;

import dev.foldstream.eventstore.counter.Counter;
import dev.foldstream.eventstore.counter.CounterCommand;
import dev.foldstream.eventstore.counter.CounterDecider;
import dev.foldstream.eventstore.counter.CounterEvent;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

/**
 * The counter of today with one rule of its own.
 *
 * @param rule given what today's decider decides on the candidate's state
 */
record OtherCounter(Rule rule) implements Decider<CounterCommand, Counter, CounterEvent> {

  private static final CounterDecider TODAY = new CounterDecider();

  interface Rule {
    Decision<CounterEvent> decide(
        CounterCommand command, Counter state, Decision<CounterEvent> today);
  }

  @Override
  public Counter initial() {
    return TODAY.initial();
  }

  @Override
  public Decision<CounterEvent> decide(
      CounterCommand command, Counter state, CommandContext context) {
    return rule.decide(command, state, TODAY.decide(command, state, context));
  }

  @Override
  public Counter evolve(Counter state, CounterEvent event) {
    return TODAY.evolve(state, event);
  }
}
