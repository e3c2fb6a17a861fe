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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    var rows = rows(loaded::get);
    for (RecordedEvent<Object> event : events) {
      for (String key : keys(event)) {
        rows.take(key, event);
      }
    }
    return rows.changes();
  }

  /**
   * The rows of one batch while they are folded, for a caller that chooses who takes what.
   *
   * @param loaded what is stored of a key, asked once for each; null when nothing is
   */
  public Rows rows(Function<String, @Nullable StoredRow> loaded) {
    return new Rows(loaded);
  }

  /** Rows under way. Used by one thread. */
  public final class Rows {
    private final Function<String, @Nullable StoredRow> loaded;
    private final Map<String, Folding> rows = new LinkedHashMap<>();
    private TopicPartitionName lastPartition = new TopicPartitionName("", 0);

    private Rows(Function<String, @Nullable StoredRow> loaded) {
      this.loaded = loaded;
    }

    private Folding of(String key) {
      Folding known = rows.get(key);
      if (known == null) {
        StoredRow stored = loaded.apply(key);
        known = new Folding(key, stored == null ? StoredRow.NONE : stored);
        rows.put(key, known);
      }
      return known;
    }

    /** Events come in long stretches of one partition. */
    private TopicPartitionName partition(Place place) {
      if (lastPartition.partition() != place.partition()
          || !lastPartition.topic().equals(place.topic())) {
        lastPartition = new TopicPartitionName(place.topic(), place.partition());
      }
      return lastPartition;
    }

    /**
     * Folds the event into the row with this key.
     *
     * @throws UnfoldableEventException when the projection throws; the row is as it was before
     */
    public void take(String key, RecordedEvent<Object> event) {
      of(key).take(partition(event.place()), event);
    }

    /**
     * Folds an event that the row did not take in its time, once, though later ones may have been
     * folded into it since.
     *
     * @param stillOpen whether an event of the same partition with this sequence still waits; the
     *     row forgets that it took the others late
     */
    public void takeLate(String key, RecordedEvent<Object> event, LongPredicate stillOpen) {
      of(key).takeLate(partition(event.place()), event, stillOpen);
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
    private final Watermarks watermarks;
    private long revision;
    private @Nullable Record row;

    Folding(String key, StoredRow before) {
      this.key = key;
      this.before = before;
      this.watermarks = new Watermarks(before.watermarks());
      this.revision = before.revision();
      this.row = before.row();
    }

    void take(TopicPartitionName partition, RecordedEvent<Object> event) {
      long sequence = event.place().sequence();
      if (watermarks.of(partition) < sequence) {
        apply(event);
        watermarks.put(partition, sequence);
      }
    }

    void takeLate(
        TopicPartitionName partition, RecordedEvent<Object> event, LongPredicate stillOpen) {
      long sequence = event.place().sequence();
      var late = new TopicPartitionName(partition.topic() + LATE + sequence, partition.partition());
      if (watermarks.of(late) == 0) {
        apply(event);
        watermarks.put(partition, Math.max(sequence, watermarks.of(partition)));
        watermarks.forget(mark -> isLate(mark, partition), stillOpen);
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
      return new RowChange(key, before, revision, row, watermarks.asMap());
    }
  }

  private static boolean isLate(TopicPartitionName mark, TopicPartitionName partition) {
    return mark.partition() == partition.partition()
        && mark.topic().startsWith(partition.topic() + LATE);
  }
}
