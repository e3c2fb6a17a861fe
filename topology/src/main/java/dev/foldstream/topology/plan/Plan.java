package dev.foldstream.topology.plan;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a topology needs and costs.
 *
 * @param notes what its author should know
 */
public record Plan(
    List<PlannedTopic> topics,
    List<PlannedStore> stores,
    int subTopologies,
    int tasks,
    Cost cost,
    List<String> notes) {

  public enum TopicKind {
    SOURCE,
    OUTPUT,
    VIEW_ROWS,
    /** Made by Kafka Streams; its name follows the application id and a dash. */
    REPARTITION,
    /** Made by Kafka Streams; its name follows the application id and a dash. */
    CHANGELOG
  }

  /**
   * A topic that is read or written.
   *
   * @param exists whether it was there when the plan was made
   * @param node the id of the source, step or sink it belongs to
   * @param schemas for outputs: what is registered, by subject
   */
  public record PlannedTopic(
      String name,
      TopicKind kind,
      int partitions,
      boolean exists,
      String node,
      Map<String, Schema> schemas) {}

  /**
   * A store, one for each task.
   *
   * @param retentionMillis how long entries are kept; null for ever
   */
  public record PlannedStore(
      String name, String step, String kind, @Nullable Long retentionMillis) {}

  /**
   * For one record that passes all filters.
   *
   * @param kafkaWrites records written: repartitions, changelogs, outputs
   * @param storeAccesses reads and writes of stores
   */
  public record Cost(int kafkaWrites, int storeAccesses) {}

  /** The outputs, which have to exist before the topology starts. */
  public List<PlannedTopic> outputs() {
    return topics.stream()
        .filter(topic -> topic.kind() == TopicKind.OUTPUT || topic.kind() == TopicKind.VIEW_ROWS)
        .toList();
  }
}
