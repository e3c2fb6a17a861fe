package dev.foldstream.testkit;

import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a store does with batches, without a store. The rows of all keys of a batch are loaded at
 * once, folded in memory and written; then the position moves. What is behind the position is
 * passed over, and so is what a row took already, which it knows by the last sequence it has seen.
 * A removed row keeps that.
 */
final class ModelStore<E, V> {

  private record Kept<V>(@Nullable V row, Map<String, Long> seen) {}

  private final Supplier<? extends Projection<E, V>> projections;
  private final String run;
  private final Map<String, Kept<V>> rows = new TreeMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private Projection<E, V> projection;

  ModelStore(Supplier<? extends Projection<E, V>> projections, String run) {
    this.run = run;
    this.projections = projections;
    this.projection = projections.get();
  }

  SortedMap<String, V> rows() {
    var there = new TreeMap<String, V>();
    rows.forEach(
        (key, kept) -> {
          if (kept.row() != null) {
            there.put(key, kept.row());
          }
        });
    return there;
  }

  /** Rows and position in one step. */
  void commit(List<RecordedEvent<E>> batch) {
    rows.putAll(fold(ahead(batch)));
    move(batch);
  }

  /** Every event by itself, each time by a process that has just started. */
  void commitEach(List<RecordedEvent<E>> batch) {
    for (var event : batch) {
      commit(List.of(event));
      restart();
    }
  }

  /**
   * The process dies when that many of the rows are written and before the position moves. A store
   * with transactions keeps none of them.
   */
  void crash(List<RecordedEvent<E>> batch, int rowsWritten) {
    fold(ahead(batch)).entrySet().stream()
        .limit(rowsWritten)
        .forEach(row -> rows.put(row.getKey(), row.getValue()));
    restart();
  }

  void restart() {
    projection = projections.get();
  }

  void forgetPositions() {
    positions.clear();
  }

  /** Folds without asking whether the row took the event already. */
  void commitUnguarded(RecordedEvent<E> event) {
    for (String key : projection.keys(event)) {
      rows.put(key, taken(key, kept(key), event));
    }
  }

  private List<RecordedEvent<E>> ahead(List<RecordedEvent<E>> batch) {
    var reached = new HashMap<>(positions);
    var ahead = new ArrayList<RecordedEvent<E>>();
    for (var event : batch) {
      if (reached.getOrDefault(topic(event), 0L) < event.place().sequence()) {
        reached.put(topic(event), event.place().sequence());
        ahead.add(event);
      }
    }
    return ahead;
  }

  private void move(List<RecordedEvent<E>> batch) {
    batch.forEach(event -> positions.merge(topic(event), event.place().sequence(), Math::max));
  }

  /** Asks for all keys first, as one who loads the rows of a batch at once. */
  private Map<String, Kept<V>> fold(List<RecordedEvent<E>> batch) {
    var keys = new ArrayList<Set<String>>();
    batch.forEach(event -> keys.add(projection.keys(event)));
    var folded = new LinkedHashMap<String, Kept<V>>();
    for (int i = 0; i < batch.size(); i++) {
      for (String key : keys.get(i)) {
        Kept<V> before = folded.containsKey(key) ? folded.get(key) : kept(key);
        folded.put(key, take(key, before, batch.get(i)));
      }
    }
    return folded;
  }

  private Kept<V> kept(String key) {
    return rows.getOrDefault(key, new Kept<>(null, Map.of()));
  }

  private Kept<V> take(String key, Kept<V> before, RecordedEvent<E> event) {
    boolean taken = before.seen().getOrDefault(topic(event), 0L) >= event.place().sequence();
    return taken ? before : taken(key, before, event);
  }

  private Kept<V> taken(String key, Kept<V> before, RecordedEvent<E> event) {
    String given = String.valueOf(before.row());
    @Nullable V after = projection.apply(key, before.row(), event);
    Expect.equal(
        "the row '%s' that apply was given with %s, %s: a projection makes a new row and leaves the old one as it was"
            .formatted(key, event.event(), run),
        given,
        String.valueOf(before.row()));
    var seen = new HashMap<>(before.seen());
    seen.put(topic(event), event.place().sequence());
    return new Kept<>(after, Map.copyOf(seen));
  }

  private static String topic(RecordedEvent<?> event) {
    return event.place().topic();
  }
}
