package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.AggregateDecider.Verdict;
import dev.foldstream.eventstore.decision.EventWriter.EncodedEvent;
import dev.foldstream.eventstore.decision.Memory.Remembering;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.Conflict;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.outcomes.Outcome.Rejected;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import dev.foldstream.eventstore.outcomes.QuarantineCause;
import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.codec.UnwritableRecordException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the commands of one partition, one after the other. Knows nothing of Kafka Streams, so
 * the topology and the in-memory twin decide alike.
 *
 * <ol>
 *   <li>Every command record gets exactly one outcome.
 *   <li>Everything that can be refused or can throw comes before the first write. A command that
 *       throws leaves the store as it was.
 *   <li>The next command sees what the last one wrote.
 *   <li>A command id that is remembered gets its first outcome again and appends nothing. A
 *       quarantined one is decided anew.
 *   <li>The expected version is compared with the state that is decided on.
 * </ol>
 */
final class DecisionTask<C, S, E> {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionTask.class);

  private final DecisionPlan<C, S, E> plan;
  private final int partition;
  private final DecisionStore store;
  private final Answers answers;
  private final Memory memory;
  private final CommandReader reader;
  private final EventWriter events;
  private final OutcomeWriter outcomes;
  private final DecisionCounts counts;
  private PartitionEntry position;

  DecisionTask(
      DecisionPlan<C, S, E> plan,
      int partition,
      DecisionStore store,
      Answers answers,
      DecisionCounts counts) {
    this.plan = plan;
    this.partition = partition;
    this.store = store;
    this.answers = answers;
    this.counts = counts;
    this.memory = new Memory(store, plan.outcomeBytes(), partition, plan.remember());
    this.reader = new CommandReader(plan.wire().codec(), plan.partitions());
    this.events = new EventWriter(plan.wire(), plan.eventsTopic());
    this.outcomes = new OutcomeWriter(plan, answers);
    this.position = PartitionEntry.decode(store.get(StoreKeys.PARTITION), plan.commandsTopicId());
  }

  /** The sequence of the last event of this partition. */
  long sequence() {
    return position.sequence();
  }

  void take(CommandRecord command) {
    RecordPlace place = command.place();
    if (position.decided(place.offset(), plan.commandsTopicId())) {
      LOG.debug("{} was decided before the group's offsets were lost; skipped", place);
      return;
    }
    AggregateEntry<S> entry = null;
    try {
      String id = reader.id(command);
      entry = entry(command);
      CommandHeaders headers = reader.headers(command);
      @Nullable Outcome first = memory.find(key(command), entry, headers.commandId());
      if (headers.looksUp()) {
        counts.lookUp();
        answerLookUp(command, headers, first, entry);
      } else if (first != null && !(first instanceof Quarantined)) {
        counts.repeat();
        outcomes.send(command, headers, first);
      } else {
        decide(command, id, headers, entry);
      }
    } catch (PoisonCommandException poison) {
      quarantine(command, entry, poison);
    }
  }

  private void decide(
      CommandRecord command, String id, CommandHeaders headers, AggregateEntry<S> entry)
      throws PoisonCommandException {
    Object asked = reader.value(command);
    var context = new CommandContext(id, headers.occurredAt(), headers.metadata());
    switch (plan.decider().decide(entry, asked, context, headers.expectedVersion())) {
      case Verdict.Append<S>(var appended, var state) ->
          append(command, id, headers, entry, appended, state);
      case Verdict.Refuse<S>(var rejection) -> {
        conclude(
            command,
            headers,
            entry,
            new Rejected(
                headers.commandId(), partition, entry.sequence(), entry.version(), rejection));
        counts.reject();
      }
      case Verdict.Stale<S>(var expected, var found) -> {
        conclude(
            command,
            headers,
            entry,
            new Conflict(headers.commandId(), partition, entry.sequence(), expected, found));
        counts.conflict();
      }
    }
  }

  private void append(
      CommandRecord command,
      String id,
      CommandHeaders headers,
      AggregateEntry<S> entry,
      List<?> appended,
      S state)
      throws PoisonCommandException {
    List<EncodedEvent> encoded = events.encode(appended);
    long version = entry.version() + encoded.size();
    long sequence = encoded.isEmpty() ? entry.sequence() : position.sequence() + encoded.size();
    var outcome =
        new Accepted(
            headers.commandId(),
            partition,
            sequence,
            version,
            EventWriter.listed(encoded, entry.version()));
    var after = new AggregateEntry<>(version, sequence, entry.recent(), entry.pages(), state);
    long sequenceBefore = position.sequence();
    write(command, after, outcome, encoded.size());
    var stream = new StreamName(plan.domain(), plan.aggregate(), id);
    events.send(answers, stream, command, headers, encoded, entry.version(), sequenceBefore);
    outcomes.send(command, headers, outcome);
    counts.accept(encoded.size());
  }

  private void conclude(
      CommandRecord command, CommandHeaders headers, AggregateEntry<S> entry, Outcome outcome)
      throws PoisonCommandException {
    write(command, entry, outcome, 0);
    outcomes.send(command, headers, outcome);
  }

  /** The only place that writes; encodes everything first. */
  private void write(CommandRecord command, AggregateEntry<S> after, Outcome outcome, int appended)
      throws PoisonCommandException {
    RecordPlace place = command.place();
    byte[] id = key(command);
    Remembering<S> remembering = memory.remember(id, after, outcome, place.timestampMillis());
    byte[] bytes = encoded(remembering.entry());
    memory.keep(id, remembering, place.timestampMillis());
    store.put(StoreKeys.aggregate(id), bytes);
    moveTo(position.next(appended, place.offset(), plan.commandsTopicId()));
  }

  private byte[] encoded(AggregateEntry<S> entry) throws PoisonCommandException {
    byte[] bytes;
    try {
      bytes = plan.entries().encode(entry);
    } catch (UnwritableRecordException thrown) {
      throw PoisonCommandException.thrown(
          QuarantineCause.DECIDER_FAILED, "wanted a state that fits its schema", thrown);
    }
    if (bytes.length > RecordLimits.MAX_VALUE_BYTES) {
      throw EventWriter.tooLarge("a state", RecordLimits.MAX_VALUE_BYTES, bytes.length);
    }
    return bytes;
  }

  private void answerLookUp(
      CommandRecord command,
      CommandHeaders headers,
      @Nullable Outcome first,
      AggregateEntry<S> entry) {
    outcomes.send(
        command,
        headers,
        first == null ? new Unknown(headers.commandId(), partition, entry.sequence()) : first);
  }

  private void quarantine(
      CommandRecord command, @Nullable AggregateEntry<S> entry, PoisonCommandException poison) {
    RecordPlace place = command.place();
    String commandId = CommandHeaders.commandId(command.headers(), place);
    long sequence = entry == null ? 0 : entry.sequence();
    var outcome = new Quarantined(commandId, partition, sequence, poison.reason().name());
    LOG.warn("Quarantined command {} at {}: {}", commandId, place, poison.getMessage());
    if (entry == null || !rememberPoison(command, entry, outcome)) {
      moveTo(position.next(0, place.offset(), plan.commandsTopicId()));
    }
    outcomes.sendQuarantined(command, outcome, poison);
    counts.quarantine();
  }

  /** So that a look-up finds it; a repeat of the command does not. */
  private boolean rememberPoison(
      CommandRecord command, AggregateEntry<S> entry, Quarantined outcome) {
    boolean lookUp =
        !CommandHeaders.answerId(command.headers(), command.place()).equals(outcome.commandId());
    if (lookUp || accepted(command, entry, outcome.commandId())) {
      return false;
    }
    try {
      write(command, entry, outcome, 0);
      return true;
    } catch (PoisonCommandException tooLarge) {
      return false;
    }
  }

  /** An id that was decided keeps its outcome, whatever comes under it later. */
  private boolean accepted(CommandRecord command, AggregateEntry<S> entry, String commandId) {
    Outcome first = memory.find(key(command), entry, commandId);
    return first != null && !(first instanceof Quarantined);
  }

  private AggregateEntry<S> entry(CommandRecord command) throws PoisonCommandException {
    byte[] stored = store.get(StoreKeys.aggregate(key(command)));
    return stored == null ? plan.decider().fresh() : plan.entries().decode(stored);
  }

  private void moveTo(PartitionEntry next) {
    store.put(StoreKeys.PARTITION, next.encode());
    position = next;
  }

  private static byte[] key(CommandRecord command) {
    return Objects.requireNonNull(command.key(), "a key that was checked");
  }
}
