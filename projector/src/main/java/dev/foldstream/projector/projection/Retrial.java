package dev.foldstream.projector.projection;

import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.projector.projection.SourceReader.Source;
import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.QuarantineChange;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineEntry.Kind;
import dev.foldstream.viewstore.fold.BatchFold;
import dev.foldstream.viewstore.fold.UnfoldableEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to let rows take the events of one hold, in order, up to the first that fails again.
 */
final class Retrial {

  private final BatchFold fold;
  private final Class<?> followed;
  private final List<QuarantineEntry> open;
  private final List<QuarantineEntry> written = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final Set<Long> settled = new LinkedHashSet<>();
  private final Set<Hold> holds;
  private boolean failed;

  /**
   * @param open all that waits in the partition
   * @param of the hold that is tried
   */
  Retrial(BatchFold fold, Class<?> followed, List<QuarantineEntry> open, Hold of) {
    this.fold = fold;
    this.followed = followed;
    this.open = open;
    this.holds =
        open.stream()
            .map(QuarantineEntry::hold)
            .filter(hold -> !hold.equals(of))
            .collect(Collectors.toCollection(HashSet::new));
  }

  /** The keys of the rows these events may go into. */
  Set<String> keys(List<Source> sources) {
    var keys = new LinkedHashSet<String>();
    for (Source source : sources) {
      if (source.event() != null && followed.isInstance(source.event().event())) {
        try {
          keys.addAll(keys(source.entry(), source.event()));
        } catch (UnfoldableEventException failure) {
          return keys;
        }
      }
    }
    return keys;
  }

  /** A row that waits takes its own part of an event; the others took theirs. */
  private Set<String> keys(QuarantineEntry entry, RecordedEvent<Object> event) {
    Set<String> keys = fold.keys(event);
    if (entry.hold().scope() == Hold.Scope.AGGREGATE) {
      return keys;
    }
    return keys.contains(entry.hold().key()) ? Set.of(entry.hold().key()) : Set.of();
  }

  void take(List<Source> sources, BatchFold.Rows rows) {
    for (Source source : sources) {
      if (!failed) {
        take(source, rows);
      }
    }
  }

  private void take(Source source, BatchFold.Rows rows) {
    RecordedEvent<Object> event = source.event();
    if (event == null) {
      fail(source.entry(), Tally.UNREADABLE, String.valueOf(source.fault()));
    } else if (!followed.isInstance(event.event())) {
      remove(source.entry());
    } else {
      take(source.entry(), event, rows);
    }
  }

  private void take(QuarantineEntry entry, RecordedEvent<Object> event, BatchFold.Rows rows) {
    try {
      for (String key : keys(entry, event)) {
        if (!into(key, entry, event, rows)) {
          return;
        }
      }
      remove(entry);
    } catch (UnfoldableEventException failure) {
      fail(entry, Tally.KEYS_FAILED, Sieve.words(failure));
    }
  }

  /** Whether the entry may go; a row of an aggregate's event that fails waits by itself. */
  private boolean into(
      String key, QuarantineEntry entry, RecordedEvent<Object> event, BatchFold.Rows rows) {
    boolean ofRow = entry.hold().scope() == Hold.Scope.ROW;
    Hold row = Hold.row(key);
    if (!ofRow && holds.contains(row)) {
      written.add(ofRow(entry, row, Kind.HELD, "held", ""));
      return true;
    }
    try {
      rows.takeLate(key, event, this::isOpen);
      return true;
    } catch (UnfoldableEventException failure) {
      if (ofRow) {
        fail(entry, Tally.FOLD_FAILED, Sieve.words(failure));
        return false;
      }
      holds.add(row);
      written.add(ofRow(entry, row, Kind.POISON, Tally.FOLD_FAILED, Sieve.words(failure)));
      return true;
    }
  }

  private boolean isOpen(long sequence) {
    return open.stream().anyMatch(entry -> entry.sequence() == sequence);
  }

  private static QuarantineEntry ofRow(
      QuarantineEntry entry, Hold row, Kind kind, String cause, String detail) {
    return new QuarantineEntry(
        entry.partition(),
        entry.sequence(),
        entry.offset(),
        entry.aggregateId(),
        row,
        kind,
        cause,
        detail,
        kind == Kind.POISON ? 1 : 0,
        Instant.now(),
        null);
  }

  private void remove(QuarantineEntry entry) {
    removed.add(entry.id());
    settled.add(entry.sequence());
  }

  /** This one and all behind it go on waiting. */
  void fail(QuarantineEntry entry, String cause, String detail) {
    failed = true;
    written.add(entry.failed(cause, detail));
  }

  void discard(QuarantineEntry entry) {
    written.add(entry.discarded());
  }

  /** After a failure nothing more is asked of this entry, if it is still there. */
  void answer(QuarantineEntry asked) {
    boolean told = written.stream().anyMatch(entry -> entry.id().equals(asked.id()));
    if (failed && !told && !removed.contains(asked.id())) {
      written.add(asked.asked(null));
    }
  }

  boolean hasFailed() {
    return failed;
  }

  QuarantineChange change() {
    return new QuarantineChange(written, removed);
  }

  /** Events of which nothing waits any more turn from quarantined into what they became. */
  LedgerCounts counts(@Nullable QuarantineEntry discarded) {
    Set<String> gone = new HashSet<>(removed);
    if (discarded != null) {
      gone.add(discarded.id());
    }
    Set<Long> waiting = new HashSet<>();
    open.stream()
        .filter(entry -> !gone.contains(entry.id()))
        .forEach(e -> waiting.add(e.sequence()));
    written.stream()
        .filter(entry -> entry.kind() != Kind.DISCARDED)
        .forEach(entry -> waiting.add(entry.sequence()));
    long applied = settled.stream().filter(sequence -> !waiting.contains(sequence)).count();
    long given = discarded != null && !waiting.contains(discarded.sequence()) ? 1 : 0;
    return new LedgerCounts(applied, 0, -applied - given, given);
  }
}
