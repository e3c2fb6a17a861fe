package dev.foldstream.testkit;

import dev.foldstream.kernel.ProcessManager;
import dev.foldstream.kernel.ProcessProgress;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Switches a lamp off that burns for an hour, and asks again each hour. */
class NightWatch implements ProcessManager<Lamp.Event, NightWatch.Watch, NightWatch.Watched> {

  record Watch(String lamp, int attempts, @Nullable String failure) {}

  record Watched(String step, int attempts, Outcome outcome) implements ProcessProgress {
    @Override
    public @Nullable String waitingFor() {
      return null;
    }

    @Override
    public @Nullable String reason() {
      return null;
    }
  }

  @Override
  public Optional<String> processId(RecordedEvent<? extends Lamp.Event> event) {
    return event.event() instanceof Lamp.Event.Dimmed
        ? Optional.empty()
        : Optional.of(event.stream().id());
  }

  @Override
  public Watch initial() {
    return new Watch("", 1, null);
  }

  @Override
  public Watch evolve(Watch state, Input<Lamp.Event> input) {
    return switch (input) {
      case Input.Happened<Lamp.Event>(var event) -> new Watch(event.stream().id(), 1, null);
      case Input.Refused<Lamp.Event>(_, var why) -> new Watch(state.lamp(), state.attempts(), why);
      case Input.Retried<Lamp.Event> _ -> new Watch(state.lamp(), state.attempts() + 1, null);
      case Input.NothingToDo<Lamp.Event> _, Input.TimedOut<Lamp.Event> _ -> state;
    };
  }

  @Override
  public List<Effect> react(Watch state, Input<Lamp.Event> input) {
    var off = new Effect.Send("off", "lamp", state.lamp(), new Lamp.Command.SwitchOff());
    var late = new Effect.StartTimer("late", Duration.ofHours(1));
    return switch (input) {
      case Input.Happened<Lamp.Event>(var recorded) ->
          recorded.event() instanceof Lamp.Event.SwitchedOn
              ? List.of(late)
              : List.of(new Effect.StopTimer("late"));
      case Input.TimedOut<Lamp.Event> _ -> List.of(off, late);
      case Input.NothingToDo<Lamp.Event> _, Input.Refused<Lamp.Event> _ ->
          List.of(new Effect.StopTimer("late"));
      case Input.Retried<Lamp.Event> _ -> List.of(off);
    };
  }

  @Override
  public Watched progress(Watch state) {
    return state.failure() == null
        ? new Watched("watching", state.attempts(), ProcessProgress.Outcome.RUNNING)
        : new Watched(state.failure(), state.attempts(), ProcessProgress.Outcome.FAILED);
  }
}
