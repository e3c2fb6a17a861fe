package dev.foldstream.commerce.fulfilment;

import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.commerce.events.CommerceEvent;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.ProcessManager.Effect;
import dev.foldstream.kernel.ProcessManager.Effect.Send;
import dev.foldstream.kernel.ProcessManager.Input;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.RecordSchemas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real deciders and the real process for the order {@code o-1}, with everything between them
 * out of step: each aggregate decides its commands in their order, its events come in their order,
 * its answers without events in theirs; nothing else is in any order. Now and then the timer goes
 * off, or a command of the process is set aside.
 */
final class Shop {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Metadata ANYBODY = new Metadata("m", "m", null, Metadata.ANONYMOUS);
  private static final RecordCodec<Fulfilment> CODEC =
      RecordCodec.of(
          Fulfilment.class, RecordSchemas.schemaOf(Fulfilment.class, "commerce.fulfilment"));
  private static final int MAX_MOVES = 1_000;
  private static final String ORDER = "o-1";

  private static final List<Feature> FEATURES = new CommerceDomain().features();

  private record Asked(@Nullable String name, Object command) {}

  private final FulfilmentProcess process = new FulfilmentProcess(Duration.ofSeconds(30));
  private final Random random;
  private final Map<String, Queue<Asked>> commands = new TreeMap<>();
  private final Map<String, Queue<Input<CommerceEvent>>> answers = new TreeMap<>();
  private final Map<String, Object> states = new HashMap<>();
  private final List<RecordedEvent<CommerceEvent>> history = new ArrayList<>();
  private final Queue<Send> others = new ArrayDeque<>();
  private Fulfilment fulfilment = Fulfilment.NOT_BEGUN;
  private boolean waiting;

  Shop(long seed) {
    this.random = new Random(seed);
  }

  /** Carried out before anything else. */
  void begin(String aggregate, String id, Object command) {
    decide(aggregate + "/" + id, new Asked(null, command));
  }

  /** Carried out some time, after those before it. */
  void some(String aggregate, String id, Object command) {
    others.add(new Send("other", aggregate, id, command));
  }

  /** Goes on until nothing is left to do. */
  void run() {
    for (int count = 0; count < MAX_MOVES; count++) {
      var moves = moves();
      if (moves.isEmpty()) {
        return;
      }
      moves.get(random.nextInt(moves.size())).run();
    }
    throw new AssertionError("still not at rest: " + progress());
  }

  private List<Runnable> moves() {
    var moves = new ArrayList<Runnable>();
    commands.forEach(
        (to, queue) ->
            Stream.ofNullable(queue.peek())
                .forEach(_ -> moves.add(() -> carryOut(to, queue.remove()))));
    answers.values().stream()
        .filter(queue -> !queue.isEmpty())
        .forEach(queue -> moves.add(() -> learn(queue.remove())));
    if (progress().outcome() == Outcome.FAILED) {
      moves.add(() -> learn(new Input.Retried<>("operator")));
    }
    if (waiting && random.nextInt(20) == 0) {
      moves.add(this::timeOut);
    }
    if (!others.isEmpty() && (moves.isEmpty() || random.nextInt(6) == 0)) {
      moves.add(() -> send(others.remove(), null));
    }
    return moves;
  }

  private void timeOut() {
    waiting = false;
    learn(new Input.TimedOut<>(FulfilmentProcess.ANSWER));
  }

  private void send(Send send, @Nullable String name) {
    var to = send.aggregate() + "/" + send.id();
    commands.computeIfAbsent(to, _ -> new ArrayDeque<>()).add(new Asked(name, send.command()));
  }

  private void carryOut(String to, Asked asked) {
    if (asked.name() != null && random.nextInt(50) == 0) {
      answer(to, new Input.Refused<>(asked.name(), Input.Refused.QUARANTINED));
    } else {
      decide(to, asked);
    }
  }

  private void decide(String to, Asked asked) {
    var type = to.substring(0, to.indexOf('/'));
    var aggregate =
        FEATURES.stream()
            .filter(it -> it instanceof Aggregate<?, ?, ?> && it.name().equals(type))
            .findFirst();
    decide((Aggregate<?, ?, ?>) aggregate.orElseThrow(), to, asked);
  }

  private <C, S, E> void decide(Aggregate<C, S, E> aggregate, String to, Asked asked) {
    var decider = aggregate.decider();
    S state = states.containsKey(to) ? aggregate.state().cast(states.get(to)) : decider.initial();
    var id = to.substring(to.indexOf('/') + 1);
    var context = new CommandContext(id, NOON, ANYBODY);
    switch (decider.decide(aggregate.commands().cast(asked.command()), state, context)) {
      case Decision.Accepted<E>(var events) -> {
        states.put(to, decider.fold(state, events));
        events.forEach(event -> happen(to, aggregate.name(), id, (CommerceEvent) event));
        if (events.isEmpty() && asked.name() != null) {
          answer(to, new Input.NothingToDo<>(asked.name()));
        }
      }
      case Decision.Rejected<E>(var reason) -> {
        if (asked.name() != null) {
          answer(to, new Input.Refused<>(asked.name(), reason.name()));
        }
      }
    }
  }

  private void happen(String to, String aggregate, String id, CommerceEvent event) {
    long sequence = history.size() + 1L;
    var recorded =
        new RecordedEvent<>(
            new StreamName("commerce", aggregate, id),
            sequence,
            new Place("spec", 0, sequence, sequence),
            "e-" + sequence,
            NOON,
            ANYBODY,
            event);
    history.add(recorded);
    if (process.processId(recorded).equals(Optional.of(ORDER))) {
      queue("events of " + to).add(new Input.Happened<>(recorded));
    }
  }

  private void answer(String from, Input<CommerceEvent> answer) {
    queue("outcomes of " + from).add(answer);
  }

  private Queue<Input<CommerceEvent>> queue(String name) {
    return answers.computeIfAbsent(name, _ -> new ArrayDeque<>());
  }

  private void learn(Input<CommerceEvent> input) {
    fulfilment = stored(process.evolve(fulfilment, input));
    for (var effect : process.react(fulfilment, input)) {
      switch (effect) {
        case Send send -> send(send, send.name());
        case Effect.StartTimer _ -> waiting = true;
        case Effect.StopTimer _ -> waiting = false;
      }
    }
  }

  /** Every state on the way is read as it was written. */
  private static Fulfilment stored(Fulfilment state) {
    var read = CODEC.decode(CODEC.encode(state));
    if (!read.equals(state)) {
      throw new AssertionError("wrote " + state + ", read " + read);
    }
    return read;
  }

  FulfilmentMoved progress() {
    return process.progress(fulfilment);
  }

  boolean isWaiting() {
    return waiting;
  }

  /** What happened to the order, in the order in which it was decided. */
  List<CommerceEvent> history() {
    return history.stream()
        .filter(it -> process.processId(it).equals(Optional.of(ORDER)))
        .map(RecordedEvent::event)
        .toList();
  }
}
