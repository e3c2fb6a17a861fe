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
  private final Map<String, StoredRow> rows = new HashMap<>();

  /** For each changed row, what the store has of it. */
  private final Map<String, StoredRow> changed = new HashMap<>();

  FoldedRows(ViewDefinition view, Function<Collection<String>, Map<String, StoredRow>> stored) {
    this.fold = BatchFold.of(view);
    this.stored = stored;
  }

  /** Returns the events that touch a row. */
  List<RecordedEvent<Object>> fold(List<RecordedEvent<Object>> events) {
    var unknown = new LinkedHashSet<String>();
    var touching = new ArrayList<RecordedEvent<Object>>(events.size());
    for (RecordedEvent<Object> event : events) {
      Set<String> keys = fold.keys(event);
      if (!keys.isEmpty()) {
        touching.add(event);
      }
      for (String key : keys) {
        if (!rows.containsKey(key)) {
          unknown.add(key);
        }
      }
    }
    if (!unknown.isEmpty()) {
      rows.putAll(stored.apply(unknown));
    }
    for (RowChange change : fold.fold(events, rows)) {
      changed.putIfAbsent(change.key(), change.before());
      rows.put(change.key(), new StoredRow(change.revision(), change.row(), Map.of(), ""));
    }
    return touching;
  }

  /** Rows in memory. */
  int size() {
    return rows.size();
  }

  /** What has to be written. */
  List<RowChange> changes() {
    var changes = new ArrayList<RowChange>(changed.size());
    changed.forEach(
        (key, before) -> {
          StoredRow now = rows.getOrDefault(key, StoredRow.NONE);
          changes.add(new RowChange(key, before, now.revision(), now.row(), Map.of()));
        });
    return changes;
  }

  /** All changes are in the store; removed rows are forgotten there. */
  void written(int keep) {
    changed.clear();
    if (rows.size() > keep) {
      rows.clear();
    } else {
      rows.values().removeIf(row -> row.row() == null);
    }
  }
}
