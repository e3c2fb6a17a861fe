package dev.foldstream.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The mirror of a decider: events, refusals and timers in, commands and timers out.
 *
 * @param <E> the events it follows
 * @param <S> the state of one process
 */
public interface ProcessManager<E, S> {

  /** The process this event belongs to, or empty when it concerns none. */
  Optional<String> processId(RecordedEvent<? extends E> event);

  S initial();

  S evolve(S state, Input<E> input);

  /** What is to be done now; sees the state after {@code evolve}. */
  List<Effect> react(S state, Input<E> input);

  /** What a process learns. */
  sealed interface Input<E> {
    record Happened<E>(RecordedEvent<? extends E> event) implements Input<E> {}

    record Refused<E>(String commandId, String rejection) implements Input<E> {}

    record TimedOut<E>(String timer) implements Input<E> {}
  }

  /** What a process asks for. */
  sealed interface Effect {
    record Send(String aggregate, String id, Object command) implements Effect {}

    record StartTimer(String timer, Duration after) implements Effect {}

    record StopTimer(String timer) implements Effect {}
  }
}
