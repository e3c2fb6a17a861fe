package dev.foldstream.topologyservice.answers;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a topology needs and costs.
 *
 * @param kafkaWrites for one record that passes all filters
 * @param storeAccesses for one record that passes all filters
 */
public record PlanAnswer(
    List<Topic> topics,
    List<Store> stores,
    int subTopologies,
    int tasks,
    int kafkaWrites,
    int storeAccesses,
    List<String> notes) {

  /**
   * A topic it reads or writes.
   *
   * @param schemas of an output, by subject
   */
  public record Topic(
      String name,
      String kind,
      int partitions,
      boolean exists,
      String node,
      Map<String, String> schemas) {}

  /** A store it keeps. */
  public record Store(String name, String step, String kind, @Nullable Long retentionMillis) {}

  public static PlanAnswer of(Compiled compiled) {
    Plan plan = compiled.plan();
    return new PlanAnswer(
        plan.topics().stream().map(PlanAnswer::topic).toList(),
        plan.stores().stream()
            .map(s -> new Store(s.name(), s.step(), s.kind(), s.retentionMillis()))
            .toList(),
        plan.subTopologies(),
        plan.tasks(),
        plan.cost().kafkaWrites(),
        plan.cost().storeAccesses(),
        plan.notes());
  }

  private static Topic topic(Plan.PlannedTopic topic) {
    var schemas = new TreeMap<String, String>();
    topic.schemas().forEach((subject, schema) -> schemas.put(subject, schema.toString()));
    return new Topic(
        topic.name(),
        topic.kind().name(),
        topic.partitions(),
        topic.exists(),
        topic.node(),
        schemas);
  }
}
