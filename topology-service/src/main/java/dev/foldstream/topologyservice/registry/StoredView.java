package dev.foldstream.topologyservice.registry;

import java.util.List;

/**
 * A view that a version of a topology makes, as projector and query-service need to know it. This
 * is the stored form.
 *
 * @param schema the Avro schema of its rows
 * @param partitions of the topic of its rows
 * @param stores {@code postgresql}, {@code elasticsearch} or both
 * @param indexes fields that queries filter or order by
 */
public record StoredView(
    String view, String schema, int partitions, List<String> stores, List<String> indexes) {

  public StoredView {
    stores = List.copyOf(stores);
    indexes = List.copyOf(indexes);
  }
}
