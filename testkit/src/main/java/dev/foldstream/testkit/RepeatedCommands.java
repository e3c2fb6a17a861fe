package dev.foldstream.testkit;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs commands one after another through a decider and repeats each at once.
 *
 * <ol>
 *   <li>The same command on the same state gives the same decision.
 *   <li>The same command on the state after it yields no events.
 *   <li>The invariant holds for every state on the way.
 * </ol>
 *
 * @param <C> commands
 * @param <S> state
 * @param <E> events
 */
public final class RepeatedCommands<C, S, E> {

  private final Decider<C, S, E> decider;
  private final Predicate<C> repeatable;
  private final Consumer<S> invariant;

  private RepeatedCommands(
      Decider<C, S, E> decider, Predicate<C> repeatable, Consumer<S> invariant) {
    this.decider = decider;
    this.repeatable = repeatable;
    this.invariant = invariant;
  }

  public static <C, S, E> RepeatedCommands<C, S, E> of(Decider<C, S, E> decider) {
    return new RepeatedCommands<>(decider, _ -> true, _ -> {});
  }

  /**
   * Commands of which a repetition is recognised by its command id only: sentence 2 spares them.
   */
  public RepeatedCommands<C, S, E> except(Predicate<C> notIdempotent) {
    return new RepeatedCommands<>(decider, notIdempotent.negate().and(repeatable), invariant);
  }

  /** Throws an {@link AssertionError} when a state is wrong. */
  public RepeatedCommands<C, S, E> keeping(Consumer<S> condition) {
    return new RepeatedCommands<>(decider, repeatable, invariant.andThen(condition));
  }

  /** Runs the commands on a new aggregate; returns all its events. */
  public List<E> run(Iterable<? extends C> commands, CommandContext context) {
    var events = new ArrayList<E>();
    S state = decider.initial();
    invariant.accept(state);
    for (C command : commands) {
      var decision = decider.decide(command, state, context);
      var what = "the decision on " + command + " in " + state;
      Expect.equal(what + ", made again", decision, decider.decide(command, state, context));
      if (decision instanceof Decision.Accepted<E>(var more)) {
        state = decider.fold(state, more);
        events.addAll(more);
        invariant.accept(state);
      }
      if (repeatable.test(command)) {
        expectNoEvents(command, state, context);
      }
    }
    Expect.equal("the fold of all events", state, decider.fold(decider.initial(), events));
    return events;
  }

  private void expectNoEvents(C command, S state, CommandContext context) {
    if (decider.decide(command, state, context) instanceof Decision.Accepted<E>(var again)) {
      Expect.equal("the events of " + command + ", repeated in " + state, List.of(), again);
    }
  }
}
