package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.process.InputReader.Said;
import dev.foldstream.eventstore.process.ProcessEntry.Timer;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.kernel.ProcessManager.Input;
import dev.foldstream.kernel.ProcessProgress;
import dev.foldstream.kernel.RecordedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the processes of one partition, one input after the other. Knows nothing of Kafka Streams,
 * so the topology and the in-memory twin run alike.
 *
 * <ol>
 *   <li>Everything that can throw comes before the first write of an input.
 *   <li>An input that comes again is ignored: an event by its version in its aggregate, an outcome
 *       because its command is no longer pending, a timer by its number.
 *   <li>An input whose manager throws is held, with all that come after it for the same process.
 *   <li>A retry takes them in their order, until none is left or one throws again.
 * </ol>
 */
final class ProcessTask<E, S> {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTask.class);

  private final ProcessPlan<E, S> plan;
  private final int partition;
  private final ProcessStore store;
  private final LongSupplier clock;
  private final InputReader<E> reader;
  private final Reactions<E, S> reactions;
  private final ProcessWriter writer;
  private final ProcessCounts counts;
  private PartitionMark mark;
  private boolean changed;

  ProcessTask(
      ProcessPlan<E, S> plan,
      int partition,
      ProcessStore store,
      ProcessAnswers answers,
      LongSupplier clock,
      ProcessCounts counts) {
    this.plan = plan;
    this.partition = partition;
    this.store = store;
    this.clock = clock;
    this.counts = counts;
    this.reader = new InputReader<>(plan);
    this.reactions = new Reactions<>(plan);
    this.writer = new ProcessWriter(plan, partition, answers);
    this.mark = PartitionMark.decode(store.get(ProcessKeys.PARTITION), plan.inputsTopicId());
    counts.at(partition, mark);
  }

  /** The sequence of the last progress of this partition. */
  long sequence() {
    return mark.sequence();
  }

  /** Takes one record of the inputs topic. */
  void take(byte[] key, InputRecord input) {
    if (mark.took(input.place().offset(), plan.inputsTopicId())) {
      LOG.debug("{} was taken before the group's offsets were lost; skipped", input.place());
      return;
    }
    mark = mark.at(input.place().offset(), plan.inputsTopicId());
    offer(new String(key, StandardCharsets.UTF_8), input);
    putMark();
  }

  /**
   * Lets timers go off that are due, at most so many.
   *
   * @return whether more are due
   */
  boolean fire(int most) {
    long now = clock.getAsLong();
    for (int fired = 0; fired < most; fired++) {
      byte[] key = store.firstKey(ProcessKeys.timersFrom(0), ProcessKeys.timersFrom(now + 1));
      if (key == null) {
        return false;
      }
      String id = ProcessKeys.processOf(key);
      String name = ProcessKeys.timerOf(key);
      long number = number(store.get(key));
      store.delete(key);
      counts.timeOut();
      var place =
          new RecordPlace(plan.inputsTopic(), partition, Math.max(0, mark.inputOffset()), now);
      offer(id, InputRecord.timedOut(place, name, number));
      putMark();
    }
    return true;
  }

  /** When the next timer is due, or null when none runs. */
  @Nullable Long nextDueMillis() {
    byte[] key = store.firstKey(ProcessKeys.timersFrom(0), ProcessKeys.timersFrom(Long.MAX_VALUE));
    return key == null ? null : ProcessKeys.dueMillis(key);
  }

  /** Tells how many processes there are, if that has changed since it was last told. */
  void summarize() {
    if (changed) {
      writer.summarize(mark, clock.getAsLong());
      changed = false;
    }
  }

  boolean unsummarized() {
    return changed;
  }

  private void offer(String id, InputRecord input) {
    byte[] stored = store.get(ProcessKeys.process(id));
    ProcessEntry before = stored == null ? null : ProcessEntryCodec.decode(stored);
    ProcessEntry after;
    if (before != null && before.standing() != null) {
      after = retries(input) ? retryHeld(id, before) : hold(id, before, input);
    } else {
      ProcessEntry entry =
          before == null ? ProcessEntry.begun(plan.process().stateVersion()) : before;
      try {
        after = attempt(id, entry, input);
      } catch (PoisonInputException poison) {
        after = setAside(id, entry, input, poison);
      }
    }
    if (!after.equals(before) && (before != null || begins(after))) {
      save(id, before, after);
    }
  }

  /** A process begins with an event; what else comes for one that is not there leaves nothing. */
  private static boolean begins(ProcessEntry entry) {
    return entry.standing() != null || entry.state().length > 0;
  }

  private static boolean retries(InputRecord input) {
    try {
      return input.kind() == InputKind.RETRIED;
    } catch (PoisonInputException other) {
      return false;
    }
  }

  /** Takes one input of a process that goes on. Answers the same entry when it is ignored. */
  private ProcessEntry attempt(String id, ProcessEntry entry, InputRecord record)
      throws PoisonInputException {
    Said<E> said = reader.read(record);
    ProcessEntry known = noted(entry, said);
    Input<E> input = known == null ? null : input(entry, said);
    if (known == null) {
      counts.ignore();
      return entry;
    }
    if (input == null) {
      return known;
    }
    Reaction reaction = reactions.react(id, known, said.trace(), input, clock.getAsLong());
    ProcessEntry after = known.after(reaction);
    moveTimers(id, entry, after);
    writer.send(id, after, said.trace(), reaction, mark, clock.getAsLong());
    if (reaction.told() != null) {
      mark = mark.told();
    }
    counts.input();
    counts.send(reaction.sent().size());
    return after;
  }

  /** The entry with this input crossed off, or null when it was taken before. */
  private static @Nullable ProcessEntry noted(ProcessEntry entry, Said<?> said)
      throws PoisonInputException {
    return switch (said) {
      case Said.Event<?>(var trace, var event, var late) -> {
        String stream = seenAs(event, late);
        Long seen = entry.seen().get(stream);
        if (seen == null && entry.seen().size() >= ProcessLimits.MAX_STREAMS) {
          throw new PoisonInputException(
              PoisonInputException.MANAGER_FAILED,
              "wanted events of at most %d aggregates for one process; found one more"
                  .formatted(ProcessLimits.MAX_STREAMS));
        }
        String correlation = trace.correlationId();
        yield seen != null && event.version() <= seen
            ? null
            : entry.seeing(stream, event.version(), correlation == null ? "" : correlation);
      }
      case Said.Answer<?>(var trace, var outcome) ->
          entry.pending().containsKey(outcome.commandId())
              ? entry.without(outcome.commandId())
              : null;
      case Said.Timer<?>(var trace, var name, var number) -> {
        Timer timer = entry.timers().get(name);
        yield timer != null && timer.number() == number ? entry.withoutTimer(name) : null;
      }
      case Said.Retry<?> _ -> entry.outcome() == ProcessProgress.Outcome.FAILED ? entry : null;
    };
  }

  /** A late event is crossed off by itself: later ones of its aggregate may have come before. */
  private static String seenAs(RecordedEvent<?> event, boolean late) {
    String stream = event.stream().category() + "/" + event.stream().id();
    return late ? stream + "#" + event.version() : stream;
  }

  /** What the manager is to hear, or null when this is not for it. */
  private static <E> @Nullable Input<E> input(ProcessEntry entry, Said<E> said) {
    return switch (said) {
      case Said.Event<E>(var _, var event, var _) -> new Input.Happened<>(event);
      case Said.Answer<E>(var _, var outcome) ->
          answer(entry.pending().getOrDefault(outcome.commandId(), ""), outcome);
      case Said.Timer<E>(var _, var name, var _) -> new Input.TimedOut<>(name);
      case Said.Retry<E>(var _, var principal) -> new Input.Retried<>(principal);
    };
  }

  private static <E> @Nullable Input<E> answer(String name, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted accepted ->
          accepted.events().isEmpty() ? new Input.NothingToDo<>(name) : null;
      case Outcome.Rejected rejected -> new Input.Refused<>(name, rejected.rejection());
      case Outcome.Quarantined _ -> new Input.Refused<>(name, Input.Refused.QUARANTINED);
      case Outcome.Conflict _ -> new Input.Refused<>(name, "CONFLICT");
      case Outcome.Unknown _ -> null;
    };
  }

  private void moveTimers(String id, ProcessEntry before, ProcessEntry after) {
    before
        .timers()
        .forEach(
            (name, timer) -> {
              if (!timer.equals(after.timers().get(name))) {
                store.delete(ProcessKeys.timer(timer.dueMillis(), id, name));
              }
            });
    after
        .timers()
        .forEach(
            (name, timer) -> {
              if (!timer.equals(before.timers().get(name))) {
                store.put(
                    ProcessKeys.timer(timer.dueMillis(), id, name),
                    ByteBuffer.allocate(Long.BYTES).putLong(timer.number()).array());
              }
            });
  }

  private ProcessEntry setAside(
      String id, ProcessEntry entry, InputRecord input, PoisonInputException poison) {
    store.put(ProcessKeys.held(id, entry.heldTo()), input.encode());
    return standing(id, entry.holdingOneMore(), input, poison);
  }

  private ProcessEntry standing(
      String id, ProcessEntry entry, InputRecord input, PoisonInputException poison) {
    LOG.warn(
        "Process {} '{}' stands still at {}: {}",
        plan.process().name(),
        id,
        input.place(),
        poison.detail());
    counts.setAside();
    long now = clock.getAsLong();
    writer.quarantine(id, input, described(input), poison);
    return entry.standing(new Standing(poison.reason(), poison.detail(), now, false));
  }

  private @Nullable String described(InputRecord input) {
    try {
      return reader.read(input).trace().identity();
    } catch (PoisonInputException unreadable) {
      return null;
    }
  }

  private ProcessEntry hold(String id, ProcessEntry entry, InputRecord input) {
    Standing standing = entry.standing();
    if (standing != null && entry.held() >= ProcessLimits.MAX_HELD) {
      var full =
          new PoisonInputException(
              PoisonInputException.HOLD_FULL,
              "wanted at most %d inputs held; one more came".formatted(ProcessLimits.MAX_HELD));
      writer.quarantine(id, input, described(input), full);
      counts.setAside();
      return entry.standing(standing.overfull());
    }
    store.put(ProcessKeys.held(id, entry.heldTo()), input.encode());
    return entry.holdingOneMore();
  }

  private ProcessEntry retryHeld(String id, ProcessEntry before) {
    Standing why = before.standing();
    if (why != null && why.full()) {
      counts.ignore();
      return before;
    }
    ProcessEntry entry = before.standing(null);
    while (entry.held() > 0) {
      byte[] key = ProcessKeys.held(id, entry.heldFrom());
      byte[] held = store.get(key);
      if (held == null) {
        throw new IllegalStateException(
            "wanted input %d held for process '%s'; found none".formatted(entry.heldFrom(), id));
      }
      InputRecord input = InputRecord.decode(held);
      try {
        entry = attempt(id, entry, input).holdingOneLess();
        store.delete(key);
      } catch (PoisonInputException again) {
        return standing(id, entry, input, again);
      }
    }
    return entry;
  }

  private void save(String id, @Nullable ProcessEntry before, ProcessEntry after) {
    store.put(ProcessKeys.process(id), ProcessEntryCodec.encode(after));
    Group from = before == null ? null : before.group();
    if (from != after.group()) {
      mark = mark.moved(from, after.group());
      changed = true;
    }
    if (after.standing() != null || (from != after.group() && after.group().needsHelp())) {
      writer.help(id, after, clock.getAsLong());
    } else if (from != null && from.needsHelp() && !after.group().needsHelp()) {
      writer.helped(id, clock.getAsLong());
    }
  }

  private void putMark() {
    store.put(ProcessKeys.PARTITION, mark.encode());
    counts.at(partition, mark);
  }

  private static long number(byte @Nullable [] stored) {
    return stored == null ? -1 : ByteBuffer.wrap(stored).getLong();
  }
}
