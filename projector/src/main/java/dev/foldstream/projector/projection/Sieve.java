package dev.foldstream.projector.projection;

import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.fold.BatchFold;
import dev.foldstream.viewstore.fold.UnfoldableEventException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way into rows: each row takes its events in order up to the first that fails; it
 * and all later ones of its partition wait for it, while other rows go on.
 */
final class Sieve {

  private record Keyed(Step step, Set<String> keys, @Nullable UnfoldableEventException failure) {}

  private final BatchFold fold;
  private final QuarantineSettings settings;
  private final List<Keyed> batch;
  private final Set<String> keys;

  Sieve(BatchFold fold, QuarantineSettings settings, List<Step> steps) {
    this.fold = fold;
    this.settings = settings;
    this.batch = new ArrayList<>(steps.size());
    this.keys = LinkedHashSet.newLinkedHashSet(steps.size());
    steps.forEach(this::add);
  }

  private void add(Step step) {
    RecordedEvent<Object> event = step.event();
    try {
      Set<String> ofEvent = event == null ? Set.of() : fold.keys(event);
      for (String key : ofEvent) {
        if (mayTake(step.partition(), key)) {
          keys.add(key);
        }
      }
      batch.add(new Keyed(step, ofEvent, null));
    } catch (UnfoldableEventException failure) {
      batch.add(new Keyed(step, Set.of(), failure));
    }
  }

  private static boolean mayTake(OwnedPartition partition, String key) {
    return partition.holds().isEmpty() || partition.holds().of(Hold.row(key)) == 0;
  }

  /** The keys of all rows that may take an event. */
  Set<String> keys() {
    return keys;
  }

  /**
   * Folds, counts and sets aside.
   *
   * @param refused why the store refuses the rows of this batch, which is one event, or null
   */
  Collection<Tally> sift(BatchFold.Rows rows, @Nullable String refused) {
    Map<OwnedPartition, Tally> tallies = new LinkedHashMap<>();
    OwnedPartition last = null;
    Tally tally = null;
    for (Keyed keyed : batch) {
      OwnedPartition partition = keyed.step().partition();
      if (tally == null || partition != last) {
        last = partition;
        tally = tallies.computeIfAbsent(partition, p -> new Tally(p, settings));
      }
      if (tally.begin(keyed.step())) {
        sift(keyed, tally, rows, refused);
      }
    }
    return tallies.values();
  }

  private static void sift(
      Keyed keyed, Tally tally, BatchFold.Rows rows, @Nullable String refused) {
    Step step = keyed.step();
    Unreadable unreadable = step.unreadable();
    RecordedEvent<Object> event = step.event();
    if (unreadable != null) {
      tally.unreadable(step, unreadable);
      tally.quarantined();
    } else if (event == null) {
      tally.filtered();
    } else if (asAWhole(keyed, event, tally)) {
      tally.quarantined();
    } else if (keyed.keys().isEmpty()) {
      tally.filtered();
    } else if (intoRows(keyed, event, tally, rows, refused)) {
      tally.applied();
    } else {
      tally.quarantined();
    }
  }

  /**
   * Whether the event is set aside because its aggregate waits, or because its keys are unknown.
   */
  private static boolean asAWhole(Keyed keyed, RecordedEvent<Object> event, Tally tally) {
    UnfoldableEventException failure = keyed.failure();
    if (failure == null && tally.nothingIsHeld()) {
      return false;
    }
    Hold aggregate = Hold.aggregate(event.stream().id());
    if (tally.holds(aggregate)) {
      tally.held(keyed.step(), event, aggregate);
      return true;
    }
    if (failure == null) {
      return false;
    }
    tally.poison(keyed.step(), event, aggregate, Tally.KEYS_FAILED, words(failure));
    return true;
  }

  /** Whether every row took it. */
  private static boolean intoRows(
      Keyed keyed,
      RecordedEvent<Object> event,
      Tally tally,
      BatchFold.Rows rows,
      @Nullable String refused) {
    boolean all = true;
    for (String key : keyed.keys()) {
      if (!tally.nothingIsHeld() && tally.holds(Hold.row(key))) {
        tally.held(keyed.step(), event, Hold.row(key));
        all = false;
      } else if (refused != null) {
        tally.poison(keyed.step(), event, Hold.row(key), Tally.ROW_REFUSED, refused);
        all = false;
      } else {
        all &= intoRow(keyed.step(), event, key, tally, rows);
      }
    }
    return all;
  }

  private static boolean intoRow(
      Step step, RecordedEvent<Object> event, String key, Tally tally, BatchFold.Rows rows) {
    try {
      rows.take(key, event);
      return true;
    } catch (UnfoldableEventException failure) {
      tally.poison(step, event, Hold.row(key), Tally.FOLD_FAILED, words(failure));
      return false;
    }
  }

  static String words(RuntimeException failure) {
    return String.valueOf(failure.getMessage());
  }
}
