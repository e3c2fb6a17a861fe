package dev.foldstream.testkit;

import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.ProcessManager;
import dev.foldstream.kernel.ProcessManager.Effect;
import dev.foldstream.kernel.ProcessManager.Input;
import dev.foldstream.kernel.ProcessProgress;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One process on its way, with a clock and timers of its own. */
final class ProcessRun<E, S, P extends ProcessProgress> {

  /** How often timers may go off while some time passes. */
  static final int MAX_TIMERS = 1_000;

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** What is given at once. */
  sealed interface Move<E> {}

  record Happened<E>(StreamName stream, List<E> events) implements Move<E> {}

  record Answered<E>(Input<E> input, String command) implements Move<E> {}

  record Passed<E>(Duration time) implements Move<E> {}

  record Retried<E>() implements Move<E> {}

  private final ProcessManager<E, S, P> manager;
  private final String id;
  private final Map<StreamName, Long> versions = new HashMap<>();
  private final Map<String, Instant> timers = new LinkedHashMap<>();
  private final List<String> unanswered = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private Instant now = NOON;
  private long sequence;
  private S state;

  ProcessRun(ProcessManager<E, S, P> manager, String id) {
    this.manager = manager;
    this.id = id;
    this.state = manager.initial();
  }

  S state() {
    return state;
  }

  P progress() {
    return manager.progress(state);
  }

  /** Of the latest move. */
  List<Effect> effects() {
    return List.copyOf(effects);
  }

  void take(Move<E> move) {
    effects.clear();
    switch (move) {
      case Happened<E>(var stream, var events) -> events.forEach(event -> happen(stream, event));
      case Answered<E>(var input, var command) -> answer(input, command);
      case Passed<E>(var time) -> pass(now.plus(time));
      case Retried<E> _ -> retry();
    }
  }

  private void happen(StreamName stream, E event) {
    var recorded = recorded(stream, event);
    Expect.equal("the process of " + event, Optional.of(id), manager.processId(recorded));
    take(new Input.Happened<>(recorded));
  }

  private RecordedEvent<E> recorded(StreamName stream, E event) {
    long version = versions.merge(stream, 1L, Long::sum);
    sequence++;
    var place = new Place("spec", 0, sequence, sequence - 1);
    var metadata = new Metadata("spec-" + sequence, "spec", "spec-" + sequence, Metadata.ANONYMOUS);
    return new RecordedEvent<>(
        stream, version, place, "spec-" + sequence + ":1", now, metadata, event);
  }

  private void answer(Input<E> input, String command) {
    if (!unanswered.remove(command)) {
      throw new AssertionError(
          "an answer is to a command that was sent and not answered%n  expected: one of %s%n   but was: %s"
              .formatted(unanswered, command));
    }
    take(input);
  }

  private void retry() {
    Expect.equal("the outcome of what is retried", Outcome.FAILED, progress().outcome());
    take(new Input.Retried<>("operator"));
  }

  private void pass(Instant until) {
    int count = 0;
    for (var due = due(until); due.isPresent(); due = due(until)) {
      String timer = due.get().getKey();
      now = due.get().getValue();
      timers.remove(timer);
      count++;
      if (count > MAX_TIMERS) {
        throw new AssertionError(
            "timers are to come to rest; '%s' and others went off %d times until %s"
                .formatted(timer, count, now));
      }
      take(new Input.TimedOut<>(timer));
    }
    now = until;
  }

  /** The first to go off; of several, the one that was started first. */
  private Optional<Map.Entry<String, Instant>> due(Instant until) {
    return timers.entrySet().stream()
        .filter(timer -> !timer.getValue().isAfter(until))
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::copyOf);
  }

  private void take(Input<E> input) {
    state = manager.evolve(state, input);
    for (Effect effect : manager.react(state, input)) {
      effects.add(effect);
      switch (effect) {
        case Effect.Send send -> unanswered.add(send.name());
        case Effect.StartTimer(var timer, var after) -> {
          timers.remove(timer);
          timers.put(timer, now.plus(after));
        }
        case Effect.StopTimer(var timer) -> timers.remove(timer);
      }
    }
  }
}
