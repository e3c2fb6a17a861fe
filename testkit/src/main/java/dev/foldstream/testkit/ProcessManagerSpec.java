package dev.foldstream.testkit;

import dev.foldstream.kernel.ProcessManager;
import dev.foldstream.kernel.ProcessManager.Effect;
import dev.foldstream.kernel.ProcessManager.Input;
import dev.foldstream.kernel.ProcessProgress;
import dev.foldstream.kernel.Rejection;
import dev.foldstream.kernel.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Given what one process learns, and time that passes, then exactly these effects, in this order.
 * Immutable. It keeps the clock and the timers. Each check runs everything twice: a process that
 * reacts differently the second time fails.
 *
 * <pre>{@code
 * fulfilment
 *     .given("order", "o-1", PLACED)
 *     .then(new Send("charge", "account", "c-1", CHARGE), new StartTimer("answer", HALF_A_MINUTE))
 *     .after(HALF_A_MINUTE)
 *     .then(new Send("cancel", "order", "o-1", CANCEL))
 *     .thenProgress(CANCELLING);
 * }</pre>
 *
 * <p>An answer to a command that the process did not send fails, as does an event that belongs to
 * another process.
 */
public final class ProcessManagerSpec<E, S, P extends ProcessProgress> {

  private final ProcessManager<E, S, P> manager;
  private final String id;
  private final List<ProcessRun.Move<E>> moves;

  private ProcessManagerSpec(
      ProcessManager<E, S, P> manager, String id, List<ProcessRun.Move<E>> moves) {
    this.manager = manager;
    this.id = id;
    this.moves = List.copyOf(moves);
  }

  /** The process with this id. */
  public static <E, S, P extends ProcessProgress> ProcessManagerSpec<E, S, P> of(
      ProcessManager<E, S, P> manager, String id) {
    return new ProcessManagerSpec<>(manager, id, List.of());
  }

  /**
   * Events of one aggregate, all of them of this process.
   *
   * @param aggregate the name of its type
   */
  @SafeVarargs
  public final ProcessManagerSpec<E, S, P> given(
      String aggregate, String aggregateId, E... events) {
    var stream = new StreamName("spec", aggregate, aggregateId);
    return with(new ProcessRun.Happened<>(stream, List.of(events)));
  }

  /** The command it sent under this name is rejected. */
  public ProcessManagerSpec<E, S, P> refused(String command, Rejection rejection) {
    return with(new ProcessRun.Answered<>(new Input.Refused<>(command, rejection.name()), command));
  }

  /** The command it sent under this name is set aside. */
  public ProcessManagerSpec<E, S, P> quarantined(String command) {
    var refused = new Input.Refused<E>(command, Input.Refused.QUARANTINED);
    return with(new ProcessRun.Answered<>(refused, command));
  }

  /** The command it sent under this name is accepted without an event. */
  public ProcessManagerSpec<E, S, P> nothingToDo(String command) {
    return with(new ProcessRun.Answered<>(new Input.NothingToDo<>(command), command));
  }

  /** Time passes: the timers that are due go off, each at its time, those they start among them. */
  public ProcessManagerSpec<E, S, P> after(Duration time) {
    return with(new ProcessRun.Passed<>(time));
  }

  /** An operator tries it again, which wants a process that told it has failed. */
  public ProcessManagerSpec<E, S, P> retried() {
    return with(new ProcessRun.Retried<>());
  }

  private ProcessManagerSpec<E, S, P> with(ProcessRun.Move<E> move) {
    var all = new ArrayList<>(moves);
    all.add(move);
    return new ProcessManagerSpec<>(manager, id, all);
  }

  /** What was given last has exactly these effects, all components, in this order. */
  public ProcessManagerSpec<E, S, P> then(Effect... effects) {
    Expect.equal("the effects of " + last(), List.of(effects), run().effects());
    return this;
  }

  /** What was given last asks for nothing. */
  public ProcessManagerSpec<E, S, P> thenNothing() {
    return then();
  }

  /** This is how the process stands. */
  public ProcessManagerSpec<E, S, P> thenProgress(P progress) {
    Expect.equal("the progress after " + last(), progress, run().progress());
    return this;
  }

  private String last() {
    return moves.isEmpty() ? "nothing" : moves.getLast().toString();
  }

  private ProcessRun<E, S, P> run() {
    var run = new ProcessRun<>(manager, id);
    var again = new ProcessRun<>(manager, id);
    for (var move : moves) {
      run.take(move);
      again.take(move);
      Expect.equal("the state when the same is learned again", run.state(), again.state());
      Expect.equal("the effects when the same is learned again", run.effects(), again.effects());
      Expect.equal("the progress when the same is learned again", run.progress(), again.progress());
    }
    return run;
  }
}
