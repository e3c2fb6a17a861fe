package dev.foldstream.kernel;

/**
 * Decides what happens to one aggregate.
 *
 * <ol>
 *   <li>It is pure: no clock, no randomness, no input or output. Time and ids come with the
 *       command, in its {@link CommandContext}.
 *   <li>A refusal is a value, {@link Decision.Rejected}. An exception is a bug: the command is
 *       quarantined, its caller is told so, and the aggregate stays as it was.
 *   <li>The same command on the same state always gives the same decision.
 *   <li>{@code evolve} accepts every event that was ever recorded for the aggregate and never
 *       refuses.
 *   <li>Deciding never changes the state; only events do.
 * </ol>
 *
 * @param <C> the commands, a sealed interface of records
 * @param <S> the state, a record or a sealed interface of records
 * @param <E> the events, a sealed interface of records
 */
public interface Decider<C, S, E> {

  /** The state of an aggregate that has no events yet. */
  S initial();

  Decision<E> decide(C command, S state, CommandContext context);

  S evolve(S state, E event);

  /** Applies the events in their order. */
  default S fold(S state, Iterable<? extends E> events) {
    for (E event : events) {
      state = evolve(state, event);
    }
    return state;
  }
}
