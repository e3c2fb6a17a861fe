package dev.foldstream.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The mirror of a decider: events, answers to its own commands and timers in, commands and timers
 * out.
 *
 * <ol>
 *   <li>It is pure: no clock, no randomness, no input or output.
 *   <li>A process begins with the first event for which {@code processId} gives its id. Inputs of
 *       one process come one after the other; the events of one aggregate come in their order;
 *       between aggregates there is none.
 *   <li>Each input is taken exactly once: state, commands, timers and progress of one input are
 *       committed together, or none of them.
 *   <li>{@code react} sees the state after {@code evolve} of the same input. Its effects take place
 *       in the order of the list.
 *   <li>The id of a command is made of the process, the input and its place in the list, so an
 *       input that is taken again after a crash asks for nothing twice.
 *   <li>A command that is refused comes back as {@link Input.Refused} under the name it was sent
 *       with; one that is accepted without an event as {@link Input.NothingToDo}. One that is
 *       accepted with events is heard of by its events alone.
 *   <li>A timer goes off once, not before its time, and is kept through restarts. Started again
 *       under the same name it begins anew; stopped, it never goes off.
 *   <li>{@code progress} tells what the process waits for. It is appended to the process's own
 *       events whenever it has changed, and is what a view of the process follows.
 *   <li>An exception is a bug: the input is set aside with its cause, the process stands still as
 *       failed and takes no further input until an operator retries it; other processes go on.
 *   <li>An operator's retry of a process that told {@link ProcessProgress.Outcome#FAILED} comes as
 *       {@link Input.Retried}.
 *   <li>An event whose {@code processId} throws is set aside alone. When an operator has it routed
 *       again it comes once, behind whatever the process has taken since.
 * </ol>
 *
 * @param <E> the events it follows
 * @param <S> the state of one process
 * @param <P> what it tells of itself
 */
public interface ProcessManager<E, S, P extends ProcessProgress> {

  /** The process this event belongs to, or empty when it concerns none. */
  Optional<String> processId(RecordedEvent<? extends E> event);

  S initial();

  S evolve(S state, Input<E> input);

  /** What is to be done now. */
  List<Effect> react(S state, Input<E> input);

  P progress(S state);

  /** What a process learns. */
  sealed interface Input<E> {

    record Happened<E>(RecordedEvent<? extends E> event) implements Input<E> {}

    /**
     * One of its commands was not carried out.
     *
     * @param command the name it was sent with
     * @param rejection the name of the rejection, or {@link #QUARANTINED}
     */
    record Refused<E>(String command, String rejection) implements Input<E> {

      /** Stands for a rejection when the command was set aside because its decider failed. */
      public static final String QUARANTINED = "QUARANTINED";
    }

    /**
     * One of its commands was accepted without an event, because nothing was left to do.
     *
     * @param command the name it was sent with
     */
    record NothingToDo<E>(String command) implements Input<E> {}

    record TimedOut<E>(String timer) implements Input<E> {}

    /**
     * Somebody wants it tried again.
     *
     * @param principal who
     */
    record Retried<E>(String principal) implements Input<E> {}
  }

  /** What a process asks for. */
  sealed interface Effect {

    /**
     * A command to one aggregate.
     *
     * @param name what the process calls this command; comes back when it is refused
     * @param aggregate the name of an aggregate type of the same domain
     * @param id the aggregate that is asked
     */
    record Send(String name, String aggregate, String id, Object command) implements Effect {}

    record StartTimer(String timer, Duration after) implements Effect {}

    record StopTimer(String timer) implements Effect {}
  }
}
