package dev.foldstream.projector.rebuild;

import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.fold.BatchFold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows of a version that has one writer, folded in memory until they are written. Each is loaded
 * once as long as it stays in memory.
 */
final class FoldedRows {

  private final BatchFold fold;
  private final Function<Collection<String>, Map<String, StoredRow>> stored;

  /** What the store has of every row that was touched, {@link StoredRow#NONE} for nothing. */
  private final Map<String, StoredRow> known = new HashMap<>();

  private BatchFold.Rows rows;

  FoldedRows(ViewDefinition view, Function<Collection<String>, Map<String, StoredRow>> stored) {
    this.fold = BatchFold.of(view);
    this.stored = stored;
    this.rows = fold.rows(known::get);
  }

  /** Returns the events that touch a row. */
  List<RecordedEvent<Object>> fold(List<RecordedEvent<Object>> events) {
    var touching = new ArrayList<RecordedEvent<Object>>(events.size());
    var keys = new ArrayList<Set<String>>(events.size());
    var unknown = new LinkedHashSet<String>();
    for (RecordedEvent<Object> event : events) {
      Set<String> touched = fold.keys(event);
      if (!touched.isEmpty()) {
        touching.add(event);
        keys.add(touched);
        for (String key : touched) {
          if (!known.containsKey(key)) {
            unknown.add(key);
          }
        }
      }
    }
    if (!unknown.isEmpty()) {
      Map<String, StoredRow> found = stored.apply(unknown);
      unknown.forEach(key -> known.put(key, found.getOrDefault(key, StoredRow.NONE)));
    }
    for (int i = 0; i < touching.size(); i++) {
      for (String key : keys.get(i)) {
        rows.take(key, touching.get(i));
      }
    }
    return touching;
  }

  /** Rows in memory. */
  int size() {
    return known.size();
  }

  /** What has to be written. */
  List<RowChange> changes() {
    return rows.changes();
  }

  /**
   * These changes are in the store. Rows that were removed are asked for again, because a store may
   * forget them or not.
   *
   * @param stored what the store says of them; of others it keeps neither watermarks nor stamps
   */
  void written(List<RowChange> changes, Map<String, StoredRow> stored, int keep) {
    if (known.size() > keep) {
      known.clear();
    } else {
      for (RowChange change : changes) {
        known.put(change.key(), stored.getOrDefault(change.key(), StoredRow.of(change)));
      }
      known.values().removeIf(row -> row.row() == null);
    }
    rows = fold.rows(known::get);
  }
}
