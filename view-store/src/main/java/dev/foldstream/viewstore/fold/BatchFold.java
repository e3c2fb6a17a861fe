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
import org.jspecify.annotations.Nullable;

/**
 * Folds events into rows, each key once. Events a row holds already, by its watermark, are passed
 * over: after a crash between writing rows and moving the position the same events come again, and
 * rows that are ahead must not take them twice.
 */
public final class BatchFold {

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
    var rows = new LinkedHashMap<String, Folding>();
    for (RecordedEvent<Object> event : events) {
      for (String key : keys(event)) {
        rows.computeIfAbsent(key, k -> new Folding(k, loaded.getOrDefault(k, StoredRow.NONE)))
            .take(event);
      }
    }
    var changes = new ArrayList<RowChange>();
    for (Folding row : rows.values()) {
      if (row.revision > row.before.revision()) {
        changes.add(row.change());
      }
    }
    return changes;
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
      Place place = event.place();
      var partition = new TopicPartitionName(place.topic(), place.partition());
      if (watermarks.getOrDefault(partition, 0L) >= place.sequence()) {
        return;
      }
      try {
        row = projection.apply(key, row, event);
      } catch (RuntimeException bug) {
        throw new UnfoldableEventException(event, bug);
      }
      watermarks.put(partition, place.sequence());
      revision++;
    }

    RowChange change() {
      return new RowChange(key, before, revision, row, watermarks);
    }
  }
}
