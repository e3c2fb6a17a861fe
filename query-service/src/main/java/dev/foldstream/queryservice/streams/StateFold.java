package dev.foldstream.queryservice.streams;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Feature;
import dev.foldstream.viewstore.journal.JournalEntry;
import dev.foldstream.viewstore.journal.JournalReader;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds the events of an aggregate with its own decider. */
@Singleton
final class StateFold {

  /** Events of one fold at most. */
  static final int MAX_EVENTS = 100_000;

  private static final int READ_AT_ONCE = 1000;

  private final EventReading reading;

  StateFold(EventReading reading) {
    this.reading = reading;
  }

  /**
   * Up to where is folded.
   *
   * @param version the last version, or null for the newest
   * @param at events from the first that occurred later on are left out; null for none
   */
  record Until(@Nullable Long version, @Nullable Instant at) {
    boolean takes(JournalEntry entry) {
      return (version == null || entry.version() <= version)
          && (at == null || !entry.occurredAt().isAfter(at));
    }
  }

  /**
   * A state.
   *
   * @param last the last event in it, null when there is none
   */
  record Folded(Object state, @Nullable JournalEntry last) {
    long version() {
      return last == null ? 0 : last.version();
    }
  }

  @SuppressWarnings("unchecked") // the events are looked at before they are folded
  Folded fold(
      Feature.Aggregate<?, ?, ?> aggregate, Stream stream, Until until, JournalReader entries) {
    var decider = (Decider<Object, Object, Object>) aggregate.decider();
    Object state = decider.initial();
    JournalEntry last = null;
    while (true) {
      long next = last == null ? 1 : last.version() + 1;
      List<JournalEntry> some = entries.from(stream.topic(), stream.id(), next, READ_AT_ONCE);
      for (JournalEntry entry : some) {
        if (!until.takes(entry)) {
          return new Folded(state, last);
        }
        state = evolve(decider, state, aggregate, entry);
        last = entry;
      }
      if (some.size() < READ_AT_ONCE) {
        return new Folded(state, last);
      }
      refuseMany(stream, next + READ_AT_ONCE - 1);
    }
  }

  private Object evolve(
      Decider<Object, Object, Object> decider,
      Object state,
      Feature.Aggregate<?, ?, ?> aggregate,
      JournalEntry entry) {
    Record event = reading.event(entry);
    if (!aggregate.events().isInstance(event)) {
      throw new ProblemException(
          ProblemType.UNREADABLE_EVENT,
          "Version %d of '%s' is no event of %s; found %s"
              .formatted(
                  entry.version(), entry.id(), aggregate.name(), event.getClass().getName()));
    }
    return decider.evolve(state, event);
  }

  private static void refuseMany(Stream stream, long events) {
    if (events >= MAX_EVENTS) {
      throw new ProblemException(
          ProblemType.NOT_POSSIBLE_NOW,
          "A state is folded of at most %d events; '%s' has more. Ask for an earlier version, or read its events"
              .formatted(MAX_EVENTS, stream));
    }
  }
}
