package dev.foldstream.topology.plan;

import dev.foldstream.topology.plan.Plan.Cost;
import dev.foldstream.topology.plan.Plan.PlannedStore;
import dev.foldstream.topology.plan.Plan.PlannedTopic;
import dev.foldstream.topology.plan.Plan.TopicKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;

/**
 * The plan and the drawing of a topology written in Java, from what it was built into.
 *
 * @param sources topics by the name of the source
 * @param sinks topics by the name of the sink
 * @param partitions of topics that are known
 * @param writes records by topic
 */
public record PartPlan(
    Owners owners,
    Map<String, String> sources,
    Map<String, String> sinks,
    Map<String, Integer> partitions,
    Map<String, Set<Schema>> writes) {

  public Plan plan() {
    int most = partitions.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    var topics = new ArrayList<PlannedTopic>();
    sources.forEach((id, topic) -> topics.add(topic(topic, TopicKind.SOURCE, most, id, Map.of())));
    sinks.forEach(
        (id, topic) -> {
          var schemas = new LinkedHashMap<String, Schema>();
          writes
              .getOrDefault(topic, Set.of())
              .forEach(record -> schemas.put(topic + "-" + record.getFullName(), record));
          topics.add(topic(topic, TopicKind.OUTPUT, most, id, schemas));
        });
    owners
        .internalTopics(sinks.values())
        .forEach(
            topic -> topics.add(topic(topic, TopicKind.REPARTITION, most, node(topic), Map.of())));
    var stores = new ArrayList<PlannedStore>();
    for (String store : owners.stores()) {
      stores.add(new PlannedStore(store, node(store), "java", null));
      topics.add(topic(store + "-changelog", TopicKind.CHANGELOG, most, node(store), Map.of()));
    }
    int subs = owners.description().subtopologies().size();
    return new Plan(
        List.copyOf(topics),
        List.copyOf(stores),
        subs,
        subs * most,
        new Cost(topics.size() - sources.size(), 2 * stores.size()),
        List.of("written in Java: what its steps do is not looked into"));
  }

  private PlannedTopic topic(
      String name, TopicKind kind, int most, String node, Map<String, Schema> schemas) {
    return new PlannedTopic(
        name, kind, partitions.getOrDefault(name, most), kind == TopicKind.SOURCE, node, schemas);
  }

  private String node(String name) {
    return owners.owner(name).orElse(name);
  }

  /** Sources, all nodes between, and sinks. */
  public List<StepNode> steps() {
    var nodes = new TreeMap<String, StepNode>();
    for (var sub : owners.description().subtopologies()) {
      for (Node node : sub.nodes()) {
        String id = id(node);
        nodes.merge(id, step(id, node), PartPlan::together);
      }
    }
    return List.copyOf(nodes.values());
  }

  private String id(Node node) {
    return owners.owner(node.name()).orElse(node.name());
  }

  private StepNode step(String id, Node node) {
    var inputs = new TreeSet<String>();
    node.predecessors().forEach(before -> inputs.add(id(before)));
    inputs.remove(id);
    String topic = sources.getOrDefault(id, sinks.getOrDefault(id, ""));
    String kind = sources.containsKey(id) ? "source" : sinks.containsKey(id) ? "sink" : "java";
    var stores = node instanceof Processor processor ? processor.stores() : Set.<String>of();
    String text = node instanceof Source && topic.isEmpty() ? "reads again" : topic;
    return new StepNode(
        id, kind, "", List.copyOf(inputs), text, topic, List.copyOf(stores), List.of(node.name()));
  }

  private static StepNode together(StepNode one, StepNode other) {
    return new StepNode(
        one.id(),
        one.kind(),
        one.pointer(),
        union(one.inputs(), other.inputs()),
        one.text(),
        one.topic(),
        union(one.stores(), other.stores()),
        union(one.processors(), other.processors()));
  }

  private static List<String> union(List<String> one, List<String> other) {
    var both = new TreeSet<>(one);
    both.addAll(other);
    return List.copyOf(both);
  }
}
