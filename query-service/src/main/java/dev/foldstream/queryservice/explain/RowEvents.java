package dev.foldstream.queryservice.explain;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.streams.EventReading;
import dev.foldstream.viewstore.fold.BatchFold;
import dev.foldstream.viewstore.fold.UnfoldableEventException;
import dev.foldstream.viewstore.journal.JournalEntry;
import dev.foldstream.viewstore.journal.JournalReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events that touch one row: at first among those of aggregates whose id is the row's
 * key, then, when these do not explain it, among all that the view follows, within bounds.
 */
final class RowEvents {

  /** Events that are looked at for one row. */
  static final int MAX_LOOKED_AT = 200_000;

  /** Events that one row is explained by. */
  static final int MAX_FOUND = 10_000;

  static final Duration MAX_TIME = Duration.ofSeconds(5);

  private static final int READ_AT_ONCE = 1_000;

  private final ServedView view;
  private final String key;
  private final Map<TopicPartitionName, Position> upTo;
  private final JournalReader entries;
  private final EventReading reading;
  private final Map<String, StreamName> writers = new HashMap<>();
  private final BatchFold fold;
  private final long until = System.nanoTime() + MAX_TIME.toNanos();
  private int lookedAt;
  private boolean everything;

  /**
   * @param upTo how far the view came; later events are no part of the row
   */
  RowEvents(
      ServedView view,
      String key,
      Map<TopicPartitionName, Position> upTo,
      JournalReader entries,
      EventReading reading,
      FoundDomains domains) {
    this.view = view;
    this.key = key;
    this.upTo = upTo;
    this.entries = entries;
    this.reading = reading;
    this.fold = BatchFold.of(view.definition());
    domains
        .aggregates()
        .forEach(it -> writers.put(it.eventsTopic(), new StreamName(it.domain(), it.name(), "")));
    domains
        .processes()
        .forEach(it -> writers.put(it.eventsTopic(), new StreamName(it.domain(), it.name(), "")));
  }

  /** How many events were looked at. */
  int lookedAt() {
    return lookedAt;
  }

  /** Whether every event that the view follows was looked at. */
  boolean everything() {
    return everything;
  }

  /** Those of aggregates and processes whose id is the key. */
  List<Candidate> own() {
    var found = new ArrayList<Candidate>();
    for (String topic : view.definition().topics()) {
      long next = 1;
      List<JournalEntry> some;
      do {
        some = entries.from(topic, key, next, READ_AT_ONCE);
        some.forEach(entry -> look(entry, found));
        next += READ_AT_ONCE;
      } while (some.size() == READ_AT_ONCE && mayGoOn(found));
    }
    return found;
  }

  /** Those among all events, as far as the bounds allow. */
  List<Candidate> all() {
    var found = new ArrayList<Candidate>();
    JournalReader.Place after = null;
    while (mayGoOn(found)) {
      List<JournalEntry> some = entries.scan(view.definition().topics(), after, READ_AT_ONCE);
      some.forEach(entry -> look(entry, found));
      if (some.size() < READ_AT_ONCE) {
        everything = true;
        return found;
      }
      after = JournalReader.Place.of(some.getLast());
    }
    return found;
  }

  private boolean mayGoOn(List<Candidate> found) {
    return found.size() < MAX_FOUND && lookedAt < MAX_LOOKED_AT && System.nanoTime() < until;
  }

  private void look(JournalEntry entry, List<Candidate> into) {
    lookedAt++;
    var place = new TopicPartitionName(entry.topic(), entry.partition());
    if (entry.sequence() > upTo.getOrDefault(place, Position.START).sequence()) {
      return;
    }
    EventReading.Read read = reading.read(entry);
    Record event = read.event();
    if (event != null && view.definition().feature().events().isInstance(event)) {
      RecordedEvent<Object> recorded = recorded(entry, event);
      if (touches(recorded)) {
        into.add(new Candidate(read, recorded));
      }
    }
  }

  /** An event whose keys cannot be told is in the quarantine of the view, and in no row. */
  private boolean touches(RecordedEvent<Object> event) {
    try {
      return fold.keys(event).contains(key);
    } catch (UnfoldableEventException inQuarantine) {
      return false;
    }
  }

  private RecordedEvent<Object> recorded(JournalEntry entry, Record event) {
    @Nullable StreamName writer = writers.get(entry.topic());
    StreamName stream =
        writer == null
            ? new StreamName("", entry.topic(), entry.id())
            : new StreamName(writer.domain(), writer.category(), entry.id());
    return new RecordedEvent<>(
        stream,
        entry.version(),
        new Place(entry.topic(), entry.partition(), entry.sequence(), entry.offset()),
        entry.eventId(),
        entry.occurredAt(),
        new Metadata(
            entry.commandId(), entry.correlationId(), entry.causationId(), entry.principal()),
        event);
  }
}
