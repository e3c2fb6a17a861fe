package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.AppendedEvent;
import dev.foldstream.kernel.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.apache.kafka.common.Uuid;

/**
 * Folds the events of one partition into the store that decisions are made on. Gives the same
 * entries as deciding did, but for the outcomes of commands without events, which are not in the
 * log.
 */
final class FoldTask<C, S, E> {

  private final DecisionPlan<C, S, E> plan;
  private final int partition;
  private final DecisionStore store;
  private final Memory memory;
  private final long commandsEnd;
  private PartitionEntry position;

  /**
   * A task that knows where the commands end.
   *
   * @param commandsEnd the end offset of the commands partition: a command offset beyond it belongs
   *     to a topic that is no longer there
   */
  FoldTask(DecisionPlan<C, S, E> plan, int partition, DecisionStore store, long commandsEnd) {
    this.plan = plan;
    this.partition = partition;
    this.store = store;
    this.memory = new Memory(store, plan.outcomeBytes(), partition, plan.remember());
    this.commandsEnd = commandsEnd;
    this.position = PartitionEntry.decode(store.get(StoreKeys.PARTITION), plan.commandsTopicId());
  }

  PartitionEntry position() {
    return position;
  }

  /** Applies the next event; one that was seen before changes nothing. */
  void apply(RecordedEvent<Object> event, long commandOffset, long timestampMillis, String type)
      throws PoisonCommandException {
    long sequence = event.place().sequence();
    if (sequence <= position.sequence()) {
      return;
    }
    next("sequence of partition " + partition, position.sequence() + 1, sequence, event);
    byte[] id = event.stream().id().getBytes(StandardCharsets.UTF_8);
    byte[] stored = store.get(StoreKeys.aggregate(id));
    AggregateEntry<S> before =
        stored == null ? plan.decider().fresh() : plan.entries().decode(stored);
    next("version", before.version() + 1, event.version(), event);
    S state = plan.decider().evolve(before.state(), event.event());
    var after =
        new AggregateEntry<>(event.version(), sequence, before.recent(), before.pages(), state);
    Outcome outcome = outcome(id, before, event, type);
    var remembering = memory.remember(id, after, outcome, timestampMillis);
    byte[] bytes = plan.entries().encode(remembering.entry());
    memory.keep(id, remembering, timestampMillis);
    store.put(StoreKeys.aggregate(id), bytes);
    moveTo(sequence, commandOffset);
  }

  /** The outcome of the event's command, as far as its events have been seen. */
  private Outcome outcome(
      byte[] id, AggregateEntry<S> before, RecordedEvent<Object> event, String type) {
    String commandId = event.metadata().commandId();
    var events = new ArrayList<AppendedEvent>();
    if (memory.find(id, before, commandId) instanceof Accepted earlier) {
      events.addAll(earlier.events());
    }
    events.add(new AppendedEvent(type, event.version()));
    return new Accepted(commandId, partition, event.place().sequence(), event.version(), events);
  }

  private void moveTo(long sequence, long commandOffset) {
    Uuid topic = plan.commandsTopicId();
    long offset = commandOffset < commandsEnd ? commandOffset : -1;
    position = new PartitionEntry(sequence, Math.max(offset, position.commandOffset()), topic);
    store.put(StoreKeys.PARTITION, position.encode());
  }

  private static void next(String what, long wanted, long found, RecordedEvent<Object> event) {
    if (wanted != found) {
      throw new IllegalStateException(
          "the %s goes on with %d; found %d at %s of %s. The log has a gap or a fork, which no state can be folded from"
              .formatted(what, wanted, found, event.place(), event.stream()));
    }
  }
}
