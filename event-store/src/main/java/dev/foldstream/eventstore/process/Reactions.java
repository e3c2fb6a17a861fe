package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.InputReader.Trace;
import dev.foldstream.eventstore.process.ProcessEntry.Timer;
import dev.foldstream.eventstore.process.Reaction.Sent;
import dev.foldstream.eventstore.process.Reaction.Told;
import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.ProcessManager.Effect;
import dev.foldstream.kernel.ProcessManager.Input;
import dev.foldstream.kernel.ProcessProgress;
import dev.foldstream.schemas.codec.UnreadableRecordException;
import dev.foldstream.schemas.codec.UnwritableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the process manager, and holds it to its contract. Reads and writes no store; what it
 * answers can be written without another refusal.
 */
final class Reactions<E, S> {

  private final ProcessPlan<E, S> plan;
  private final Feature.Process<E, S, ?> process;

  Reactions(ProcessPlan<E, S> plan) {
    this.plan = plan;
    this.process = plan.process();
  }

  /** What the manager says: its state after the input, what it tells and what it wants done. */
  private record Said<S>(S state, ProcessProgress progress, List<Effect> effects) {}

  Reaction react(String id, ProcessEntry entry, Trace trace, Input<E> input, long nowMillis)
      throws PoisonInputException {
    Said<S> said = ask(entry, input);
    if (said.effects().size() > ProcessLimits.MAX_EFFECTS) {
      throw failed(
          "at most %d effects of one input".formatted(ProcessLimits.MAX_EFFECTS),
          said.effects().size());
    }
    var pending = new LinkedHashMap<>(entry.pending());
    var timers = new LinkedHashMap<>(entry.timers());
    var sent = new ArrayList<Sent>();
    long started = entry.timersStarted();
    for (int i = 0; i < said.effects().size(); i++) {
      switch (said.effects().get(i)) {
        case Effect.Send send -> {
          Sent command = command(id, trace, i, send);
          sent.add(command);
          pending.put(command.commandId(), name(send.name()));
        }
        case Effect.StartTimer(var timer, var after) ->
            timers.put(name(timer), new Timer(++started, due(nowMillis, after)));
        case Effect.StopTimer(var timer) -> timers.remove(timer);
      }
    }
    checkSizes(sent, pending, timers);
    return new Reaction(
        process.stateVersion(),
        state(said.state()),
        said.progress().outcome(),
        told(entry, said.progress()),
        sent,
        started,
        pending,
        timers);
  }

  private Said<S> ask(ProcessEntry entry, Input<E> input) throws PoisonInputException {
    S stored = stored(entry);
    try {
      S before = stored == null ? process.manager().initial() : stored;
      S after = Objects.requireNonNull(process.manager().evolve(before, input), "the state after");
      ProcessProgress progress =
          Objects.requireNonNull(process.manager().progress(after), "the progress");
      Objects.requireNonNull(progress.outcome(), "the outcome of the progress");
      return new Said<>(after, progress, List.copyOf(process.manager().react(after, input)));
    } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
      throw PoisonInputException.thrown("wanted a reaction to " + described(input), thrown);
    }
  }

  private static String described(Input<?> input) {
    return switch (input) {
      case Input.Happened<?>(var event) -> event.event().getClass().getSimpleName();
      case Input.Refused<?>(var command, var rejection) ->
          "the refusal of '%s' for %s".formatted(command, rejection);
      case Input.NothingToDo<?>(var command) -> "nothing to do for '%s'".formatted(command);
      case Input.TimedOut<?>(var timer) -> "the timer '%s'".formatted(timer);
      case Input.Retried<?> _ -> "a retry";
    };
  }

  /** Null before the first input. */
  private @Nullable S stored(ProcessEntry entry) throws PoisonInputException {
    if (entry.state().length == 0) {
      return null;
    }
    if (entry.stateVersion() < process.stateVersion()) {
      throw new PoisonInputException(
          PoisonInputException.OTHER_STATE_VERSION,
          "wanted a state of version %d; found one of version %d. Mend: let the process end under the code of that version"
              .formatted(process.stateVersion(), entry.stateVersion()));
    }
    if (entry.stateVersion() > process.stateVersion()) {
      throw new IllegalStateException(
          "this instance of %s has state version %d; found a state of version %d, written by a newer one. Mend: stop this instance"
              .formatted(plan.applicationId(), process.stateVersion(), entry.stateVersion()));
    }
    try {
      return plan.states().decode(entry.state());
    } catch (UnreadableRecordException newer) {
      throw new IllegalStateException(
          "this instance of %s cannot read a state written by a newer one. Mend: stop this instance"
              .formatted(plan.applicationId()),
          newer);
    }
  }

  private Sent command(String id, Trace trace, int place, Effect.Send send)
      throws PoisonInputException {
    Feature.Aggregate<?, ?, ?> aggregate = plan.aggregates().get(send.aggregate());
    if (aggregate == null) {
      throw failed("a command to one of " + plan.aggregates().keySet(), send.aggregate());
    }
    var fault = AggregateId.fault(send.id());
    if (fault.isPresent()) {
      throw failed("an aggregate's id in '%s'".formatted(send.name()), fault.get());
    }
    if (!aggregate.commands().isInstance(send.command())
        || !(send.command() instanceof Record command)) {
      throw failed("a command of " + aggregate.commands().getName(), send.command().getClass());
    }
    String commandId =
        CommandIds.of(plan.domain(), process.name(), id, trace.identity(), Integer.toString(place));
    String topic = TopicNames.commands(plan.domain(), aggregate.name());
    return new Sent(
        commandId,
        aggregate.name(),
        send.id(),
        plan.wire().files().typeName(command.getClass()),
        encode(topic, command));
  }

  private byte[] encode(String topic, Record value) throws PoisonInputException {
    byte[] bytes;
    try {
      bytes = plan.wire().codec().encode(topic, value);
    } catch (UnwritableRecordException unwritable) {
      throw PoisonInputException.thrown("wanted a record that fits its schema", unwritable);
    }
    return checked(bytes, value.getClass().getSimpleName());
  }

  private static byte[] checked(byte[] bytes, String what) throws PoisonInputException {
    if (bytes.length > RecordLimits.MAX_VALUE_BYTES) {
      throw failed(
          "at most %d bytes of %s".formatted(RecordLimits.MAX_VALUE_BYTES, what), bytes.length);
    }
    return bytes;
  }

  private byte[] state(S state) throws PoisonInputException {
    try {
      return checked(plan.states().encode(state), "a state");
    } catch (UnwritableRecordException unwritable) {
      throw PoisonInputException.thrown("wanted a state that fits its schema", unwritable);
    }
  }

  private @Nullable Told told(ProcessEntry entry, ProcessProgress progress)
      throws PoisonInputException {
    if (!(progress instanceof Record record)) {
      throw failed("progress that is a record", progress.getClass());
    }
    String topic = TopicNames.events(plan.domain(), process.name());
    byte[] value = encode(topic, record);
    return Arrays.equals(value, entry.progress())
        ? null
        : new Told(plan.wire().files().typeName(record.getClass()), value);
  }

  private static long due(long nowMillis, Duration after) throws PoisonInputException {
    if (after.isNegative() || after.compareTo(ProcessLimits.MAX_TIMER) > 0) {
      throw failed("a timer of 0 to " + ProcessLimits.MAX_TIMER, after);
    }
    // A part of a millisecond counts as a whole one: not before its time.
    long millis = after.plusNanos(999_999).toMillis();
    return nowMillis + millis;
  }

  private static String name(String name) throws PoisonInputException {
    if (name.isEmpty() || name.length() > ProcessLimits.MAX_NAME || name.indexOf('\0') >= 0) {
      throw failed(
          "a name of 1 to %d characters".formatted(ProcessLimits.MAX_NAME), "'" + name + "'");
    }
    return name;
  }

  private static void checkSizes(
      List<Sent> sent, Map<String, String> pending, Map<String, Timer> timers)
      throws PoisonInputException {
    long bytes = sent.stream().mapToLong(command -> command.value().length).sum();
    if (bytes > RecordLimits.MAX_EVENT_BYTES_PER_COMMAND) {
      throw failed(
          "at most %d bytes of commands of one input"
              .formatted(RecordLimits.MAX_EVENT_BYTES_PER_COMMAND),
          bytes);
    }
    if (pending.size() > ProcessLimits.MAX_PENDING) {
      throw failed(
          "at most %d commands without an outcome".formatted(ProcessLimits.MAX_PENDING),
          pending.size());
    }
    if (timers.size() > ProcessLimits.MAX_TIMERS) {
      throw failed("at most %d timers".formatted(ProcessLimits.MAX_TIMERS), timers.size());
    }
  }

  private static PoisonInputException failed(String wanted, Object found) {
    return new PoisonInputException(
        PoisonInputException.MANAGER_FAILED, "wanted %s; found %s".formatted(wanted, found));
  }
}
