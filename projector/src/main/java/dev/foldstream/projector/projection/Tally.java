package dev.foldstream.projector.projection;

import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one batch does with the events of one partition: counted, set aside, moved past. */
final class Tally {

  static final String UNREADABLE = "unreadable";
  static final String KEYS_FAILED = "keys-failed";
  static final String FOLD_FAILED = "fold-failed";
  static final String ROW_REFUSED = "row-refused";
  private static final String HELD = "held";

  private final OwnedPartition partition;
  private final QuarantineSettings settings;
  private final List<QuarantineEntry> entries = new ArrayList<>();
  private final Map<Hold, Integer> added = new HashMap<>();
  private @Nullable Step last;
  private long applied;
  private long filtered;
  private long quarantined;

  Tally(OwnedPartition partition, QuarantineSettings settings) {
    this.partition = partition;
    this.settings = settings;
  }

  /**
   * A step that is past the last event, over markers alone, counts nothing. Sequences that are left
   * out before it, which none is where they are dense, are no concern of the view.
   */
  boolean begin(Step step) {
    long before = last == null ? partition.position().sequence() : last.next().sequence();
    last = step;
    boolean isEvent = step.next().sequence() > before;
    if (isEvent) {
      filtered += step.next().sequence() - before - 1;
    }
    return isEvent;
  }

  void applied() {
    applied++;
  }

  void filtered() {
    filtered++;
  }

  void quarantined() {
    quarantined++;
  }

  boolean nothingIsHeld() {
    return added.isEmpty() && partition.holds().isEmpty();
  }

  boolean holds(Hold hold) {
    return added.containsKey(hold) || partition.holds().of(hold) > 0;
  }

  void held(Step step, RecordedEvent<Object> event, Hold hold) {
    add(step, event.place().offset(), event.stream().id(), hold, Kind.HELD, HELD, "");
  }

  void poison(Step step, RecordedEvent<Object> event, Hold hold, String cause, String detail) {
    add(step, event.place().offset(), event.stream().id(), hold, Kind.POISON, cause, detail);
  }

  void unreadable(Step step, Unreadable record) {
    Hold hold = Hold.aggregate(record.aggregateId());
    Kind kind = holds(hold) ? Kind.HELD : Kind.POISON;
    add(step, record.offset(), record.aggregateId(), hold, kind, UNREADABLE, record.detail());
  }

  private void add(
      Step step, long offset, String id, Hold hold, Kind kind, String cause, String detail) {
    int ofHold = partition.holds().of(hold) + added.getOrDefault(hold, 0);
    int all = partition.holds().total() + entries.size();
    if (ofHold >= settings.maxPerKey() || all >= settings.maxPerPartition()) {
      throw new QuarantineFullException(
          step,
          "the quarantine is full: %d events wait for %s '%s' (at most %d), %d in all (at most %d), and the event at sequence %d would be one more. Retry or discard some"
              .formatted(
                  ofHold,
                  hold.scope() == Hold.Scope.ROW ? "row" : "aggregate",
                  hold.key(),
                  settings.maxPerKey(),
                  all,
                  settings.maxPerPartition(),
                  step.next().sequence()));
    }
    int attempts = kind == Kind.POISON ? 1 : 0;
    entries.add(
        new QuarantineEntry(
            partition.name(),
            step.next().sequence(),
            offset,
            id,
            hold,
            kind,
            cause,
            detail,
            attempts,
            Instant.now(),
            null));
    added.merge(hold, 1, Integer::sum);
  }

  List<QuarantineEntry> entries() {
    return entries;
  }

  PositionMove move() {
    Step to = java.util.Objects.requireNonNull(last);
    return new PositionMove(
        partition.name(),
        partition.position(),
        to.next(),
        partition.epoch(),
        new LedgerCounts(applied, filtered, quarantined, 0));
  }

  /** The batch was committed. */
  void done() {
    partition.moved(java.util.Objects.requireNonNull(last).next());
    entries.forEach(partition.holds()::add);
  }
}
