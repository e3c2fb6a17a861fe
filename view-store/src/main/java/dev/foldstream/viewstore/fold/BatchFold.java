package dev.foldstream.viewstore.fold;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into rows, each key once. Events a row holds already, by its watermark, are passed
 * over: after a crash between writing rows and moving the position the same events come again, and
 * rows that are ahead must not take them twice.
 */
public final class BatchFold {

  /**
   * Marks, behind the name of a topic and before a sequence, an event that a row took late. No
   * topic's name holds it. This is the stored form.
   */
  private static final String LATE = "#";

  private final Projection<Object, Record> projection;

  private BatchFold(Projection<Object, Record> projection) {
    this.projection = projection;
  }

  /** The events given to it must be of the view's type. */
  @SuppressWarnings("unchecked")
  public static BatchFold of(ViewDefinition view) {
    Feature.View<Object, Record> feature = (Feature.View<Object, Record>) view.feature();
    return new BatchFold(feature.projection());
  }

  /** The keys of the rows an event touches; whatever the projection throws names the event. */
  public Set<String> keys(RecordedEvent<Object> event) {
    try {
      return projection.keys(event);
    } catch (RuntimeException bug) {
      throw new UnfoldableEventException(event, bug);
    }
  }

  /** The keys of all rows these events touch. */
  public Set<String> keys(List<RecordedEvent<Object>> events) {
    var keys = new LinkedHashSet<String>();
    events.forEach(event -> keys.addAll(keys(event)));
    return keys;
  }

  /**
   * What the events make of the rows.
   *
   * @param events of each partition in their order
   * @param loaded the rows that are there, removed ones with their watermarks
   * @return one change for each row that took an event
   */
  public List<RowChange> fold(List<RecordedEvent<Object>> events, Map<String, StoredRow> loaded) {
    var rows = new Rows(loaded);
    for (RecordedEvent<Object> event : events) {
      for (String key : keys(event)) {
        rows.of(key).take(event);
      }
    }
    return rows.changes();
  }

  /** The rows of one batch while they are folded, for a caller that chooses who takes what. */
  public Rows rows(Map<String, StoredRow> loaded) {
    return new Rows(loaded);
  }

  /** Rows under way. Used by one thread. */
  public final class Rows {
    private final Map<String, StoredRow> loaded;
    private final Map<String, Folding> rows = new LinkedHashMap<>();

    private Rows(Map<String, StoredRow> loaded) {
      this.loaded = loaded;
    }

    private Folding of(String key) {
      return rows.computeIfAbsent(key, k -> new Folding(k, loaded.getOrDefault(k, StoredRow.NONE)));
    }

    /**
     * Folds the event into the row with this key.
     *
     * @throws UnfoldableEventException when the projection throws; the row is as it was before
     */
    public void take(String key, RecordedEvent<Object> event) {
      of(key).take(event);
    }

    /**
     * Folds an event that the row did not take in its time, once, though later ones may have been
     * folded into it since.
     *
     * @param stillOpen whether an event of the same partition with this sequence still waits; the
     *     row forgets that it took the others late
     */
    public void takeLate(String key, RecordedEvent<Object> event, LongPredicate stillOpen) {
      of(key).takeLate(event, stillOpen);
    }

    /** One change for each row that took an event. */
    public List<RowChange> changes() {
      var changes = new ArrayList<RowChange>();
      for (Folding row : rows.values()) {
        if (row.revision > row.before.revision()) {
          changes.add(row.change());
        }
      }
      return changes;
    }
  }

  private final class Folding {
    private final String key;
    private final StoredRow before;
    private final Map<TopicPartitionName, Long> watermarks;
    private long revision;
    private @Nullable Record row;

    Folding(String key, StoredRow before) {
      this.key = key;
      this.before = before;
      this.watermarks = new HashMap<>(before.watermarks());
      this.revision = before.revision();
      this.row = before.row();
    }

    void take(RecordedEvent<Object> event) {
      TopicPartitionName partition = partition(event);
      long sequence = event.place().sequence();
      if (watermarks.getOrDefault(partition, 0L) < sequence) {
        apply(event);
        watermarks.put(partition, sequence);
      }
    }

    void takeLate(RecordedEvent<Object> event, LongPredicate stillOpen) {
      TopicPartitionName partition = partition(event);
      long sequence = event.place().sequence();
      var late = new TopicPartitionName(partition.topic() + LATE + sequence, partition.partition());
      if (!watermarks.containsKey(late)) {
        apply(event);
        watermarks.merge(partition, sequence, Math::max);
        watermarks
            .entrySet()
            .removeIf(mark -> isLate(mark.getKey(), partition) && !stillOpen.test(mark.getValue()));
        watermarks.put(late, sequence);
      }
    }

    private void apply(RecordedEvent<Object> event) {
      try {
        row = projection.apply(key, row, event);
      } catch (RuntimeException bug) {
        throw new UnfoldableEventException(event, bug);
      }
      revision++;
    }

    RowChange change() {
      return new RowChange(key, before, revision, row, watermarks);
    }
  }

  private static TopicPartitionName partition(RecordedEvent<Object> event) {
    Place place = event.place();
    return new TopicPartitionName(place.topic(), place.partition());
  }

  private static boolean isLate(TopicPartitionName mark, TopicPartitionName partition) {
    return mark.partition() == partition.partition()
        && mark.topic().startsWith(partition.topic() + LATE);
  }
}
