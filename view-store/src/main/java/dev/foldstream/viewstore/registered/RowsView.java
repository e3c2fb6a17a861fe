package dev.foldstream.viewstore.registered;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.schemas.rows.RowClass;
import dev.foldstream.viewstore.ViewDefinition;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A view whose rows lie finished in a topic: the last record of a key is the row, one without a
 * value takes it away.
 *
 * @param rows makes rows of records
 * @param definition what stores know it by
 */
public record RowsView(RowClass rows, ViewDefinition definition) {

  /**
   * A view of this shape.
   *
   * @param domain who makes it, in the place of a domain
   * @param name unlike that of every other view of the domain
   * @param indexes columns that are filtered or ordered by
   */
  public static RowsView of(
      String domain,
      String name,
      Schema schema,
      Set<ViewStoreKind> stores,
      List<String> indexes,
      String topic,
      int partitions) {
    RowClass rows = RowClass.of(schema);
    var feature =
        new Feature.View<WrittenRow, Record>(
            name,
            WrittenRow.class,
            recordClass(rows),
            new LastRow(),
            stores,
            indexes.stream().map(List::of).toList(),
            List.of(),
            1);
    return new RowsView(rows, new ViewDefinition(domain, feature, List.of(topic), partitions));
  }

  @SuppressWarnings("unchecked") // the class is known to nobody when this is compiled
  private static Class<Record> recordClass(RowClass rows) {
    return (Class<Record>) rows.type();
  }

  private static final class LastRow implements Projection<WrittenRow, Record> {

    @Override
    public Set<String> keys(RecordedEvent<? extends WrittenRow> event) {
      return Set.of(event.event().key());
    }

    @Override
    public @Nullable Record apply(
        String key, @Nullable Record row, RecordedEvent<? extends WrittenRow> event) {
      return event.event().row();
    }
  }
}
