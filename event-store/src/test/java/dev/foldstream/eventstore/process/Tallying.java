package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.counter.CounterCommand;
import dev.foldstream.eventstore.counter.CounterCommand.AskTooMuch;
import dev.foldstream.eventstore.counter.CounterCommand.Fail;
import dev.foldstream.eventstore.counter.CounterCommand.How;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterCommand.LeaveAlone;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.process.Tally.TallyProgress;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.ProcessManager;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Follows counters named {@code in-<process id>} or {@code in-<process id>~<anything>}; by how much
 * one is incremented says what is to be done. It acts on the counter {@code out-<process id>}.
 */
final class Tallying implements ProcessManager<CounterEvent, Tally, TallyProgress> {

  static final String TALLY = "tally";
  static final int FORWARD = 1;
  static final int GREEDY = 2;
  static final int NOTHING = 3;
  static final int START_TIMER = 4;
  static final int STOP_TIMER = 5;
  static final int BUG = 6;
  static final int FAILS = 7;
  static final int POISON = 8;
  static final int SEVERAL = 9;
  static final int UNKNOWN_AGGREGATE = 10;
  static final int UNHEARD = 11;
  static final int TOO_MANY = 12;
  static final int UNROUTABLE = 13;

  static final String ALARM = "alarm";

  /** Whether its bug is still there. */
  @SuppressWarnings("NonFinalStaticField") // a bug is mended while the process lives
  static volatile boolean broken = true;

  private final Duration alarmAfter;

  Tallying(Duration alarmAfter) {
    this.alarmAfter = alarmAfter;
  }

  static Feature.Process<CounterEvent, Tally, TallyProgress> process(Duration alarmAfter) {
    return Feature.Process.of(
        TALLY, CounterEvent.class, Tally.class, TallyProgress.class, new Tallying(alarmAfter));
  }

  @Override
  public Optional<String> processId(RecordedEvent<? extends CounterEvent> event) {
    String id = event.stream().id();
    if (!id.startsWith("in-")) {
      return Optional.empty();
    }
    if (event.event() instanceof Incremented(var by, var _) && by == UNROUTABLE && broken) {
      throw new IllegalStateException("a bug in processId");
    }
    return Optional.of(id.substring(3).split("~", 2)[0]);
  }

  @Override
  public Tally initial() {
    return new Tally(List.of(), false);
  }

  @Override
  public Tally evolve(Tally state, Input<CounterEvent> input) {
    return switch (input) {
      case Input.Happened<CounterEvent>(var event) -> happened(state, event);
      case Input.Refused<CounterEvent>(var command, var rejection) ->
          state.hearing("refused " + command + " " + rejection, state.failed());
      case Input.NothingToDo<CounterEvent>(var command) ->
          state.hearing("nothing to do " + command, state.failed());
      case Input.TimedOut<CounterEvent>(var timer) ->
          state.hearing("timed out " + timer, state.failed());
      case Input.Retried<CounterEvent>(var principal) ->
          state.hearing("retried by " + principal, false);
    };
  }

  private static Tally happened(Tally state, RecordedEvent<? extends CounterEvent> event) {
    long by = by(event);
    if (by == BUG && broken) {
      throw new IllegalStateException("a bug in evolve");
    }
    return by == UNHEARD
        ? state
        : state.hearing(event.stream().id() + " " + by, state.failed() || by == FAILS);
  }

  private static long by(RecordedEvent<? extends CounterEvent> event) {
    return event.event() instanceof Incremented(var by, var _) ? by : 0;
  }

  @Override
  public List<Effect> react(Tally state, Input<CounterEvent> input) {
    if (input instanceof Input.Retried<CounterEvent>) {
      return List.of(new Effect.Send("again", CounterDomain.COUNTER, "out", new Increment(1)));
    }
    if (!(input instanceof Input.Happened<CounterEvent>(var event))) {
      return List.of();
    }
    String out = "out-" + processId(event).orElseThrow();
    return switch ((int) by(event)) {
      // The state after evolve, by how much it asks for.
      case FORWARD, BUG -> List.of(send("forward", out, new Increment(state.heard().size())));
      case GREEDY -> List.of(send("greedy", out, new AskTooMuch()));
      case NOTHING -> List.of(send("idle", out, new LeaveAlone()));
      case POISON -> List.of(send("poison", out, new Fail(How.DECIDING)));
      case START_TIMER -> List.of(new Effect.StartTimer(ALARM, alarmAfter));
      case STOP_TIMER -> List.of(new Effect.StopTimer(ALARM));
      case SEVERAL ->
          List.of(
              send("first", out, new Increment(1)),
              new Effect.StartTimer(ALARM, alarmAfter),
              send("second", out, new Increment(2)),
              new Effect.StopTimer(ALARM),
              send("third", out, new Increment(3)));
      case UNKNOWN_AGGREGATE ->
          List.of(
              send("good", out, new Increment(1)),
              new Effect.Send("bad", "nobody", "x", new Increment(1)));
      case TOO_MANY ->
          java.util.Collections.nCopies(
              ProcessLimits.MAX_EFFECTS + 1, send("many", out, new Increment(1)));
      default -> List.of();
    };
  }

  private static Effect send(String name, String id, CounterCommand command) {
    return new Effect.Send(name, CounterDomain.COUNTER, id, command);
  }

  @Override
  public TallyProgress progress(Tally state) {
    return new TallyProgress(
        state.heard().isEmpty() ? "begun" : state.heard().getLast(),
        null,
        Math.max(1, state.heard().size()),
        state.failed() ? Outcome.FAILED : Outcome.RUNNING,
        null);
  }
}
