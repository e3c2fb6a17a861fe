package dev.foldstream.topology.plan;

import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.plan.Plan.Cost;
import dev.foldstream.topology.plan.Plan.PlannedStore;
import dev.foldstream.topology.plan.Plan.PlannedTopic;
import dev.foldstream.topology.plan.Plan.TopicKind;
import dev.foldstream.topology.validation.CheckedSink;
import dev.foldstream.topology.validation.CheckedStep;
import dev.foldstream.topology.validation.CheckedTopology;
import dev.foldstream.topology.validation.TopologyCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.streams.TopologyDescription.Source;

/** The fourth pass: what a checked topology needs in Kafka, from what it was translated into. */
public final class PlanMaker {

  private final CheckedTopology checked;
  private final Owners owners;
  private final List<PlannedTopic> topics = new ArrayList<>();
  private final Map<String, Integer> partitions = new HashMap<>();

  public PlanMaker(CheckedTopology checked, Owners owners) {
    this.checked = checked;
    this.owners = owners;
  }

  public Plan plan() {
    sources();
    outputs();
    internal();
    var stores = stores();
    int writes = (int) topics.stream().filter(topic -> topic.kind() != TopicKind.SOURCE).count();
    return new Plan(
        List.copyOf(topics),
        stores,
        owners.description().subtopologies().size(),
        tasks(),
        new Cost(writes, 2 * stores.size()),
        notes(stores));
  }

  private void add(
      String name,
      TopicKind kind,
      int count,
      boolean exists,
      String node,
      Map<String, Schema> schemas) {
    partitions.put(name, count);
    topics.add(new PlannedTopic(name, kind, count, exists, node, schemas));
  }

  private void sources() {
    var seen = new LinkedHashSet<String>();
    for (var source : checked.sources().values()) {
      source
          .topic()
          .filter(seen::add)
          .ifPresent(
              topic ->
                  add(
                      topic,
                      TopicKind.SOURCE,
                      source.flow().partitions(),
                      true,
                      source.id(),
                      Map.of()));
    }
  }

  private void outputs() {
    for (CheckedSink sink : checked.sinks().values()) {
      var schemas = new LinkedHashMap<String, Schema>();
      sink.flow().records().forEach(record -> schemas.put(sink.subject(record), record));
      add(
          sink.topic(),
          sink.sink() instanceof Sink.View ? TopicKind.VIEW_ROWS : TopicKind.OUTPUT,
          sink.partitions(),
          sink.exists(),
          sink.id(),
          schemas);
    }
  }

  private void internal() {
    var outputs = checked.sinks().values().stream().map(CheckedSink::topic).toList();
    for (String topic : owners.internalTopics(outputs)) {
      String owner = owners.owner(topic).orElse("");
      add(topic, TopicKind.REPARTITION, partitionsOf(owner), false, owner, Map.of());
    }
    for (String store : owners.stores()) {
      String owner = owners.owner(store).orElse("");
      add(store + "-changelog", TopicKind.CHANGELOG, partitionsOf(owner), false, owner, Map.of());
    }
  }

  private int partitionsOf(String owner) {
    CheckedStep step = checked.steps().get(owner);
    if (step != null) {
      return step.output().partitions();
    }
    var source = checked.sources().get(owner);
    return source == null ? 1 : source.flow().partitions();
  }

  private List<PlannedStore> stores() {
    var stores = new ArrayList<PlannedStore>();
    for (String name : owners.stores()) {
      String owner = owners.owner(name).orElse("");
      CheckedStep step = checked.steps().get(owner);
      stores.add(
          new PlannedStore(
              name,
              owner,
              step == null ? "table" : step.step().kind(),
              step == null || name.endsWith("-table-store")
                  ? null
                  : Retention.millis(step.step())));
    }
    return stores;
  }

  private int tasks() {
    int tasks = 0;
    for (var sub : owners.description().subtopologies()) {
      tasks +=
          sub.nodes().stream()
              .filter(Source.class::isInstance)
              .flatMap(node -> ((Source) node).topicSet().stream())
              .mapToInt(topic -> partitions.getOrDefault(topic, 1))
              .max()
              .orElse(0);
    }
    return tasks;
  }

  private List<String> notes(List<PlannedStore> stores) {
    var notes = new ArrayList<String>();
    TopologyCheck.unread(checked.document())
        .forEach(id -> notes.add("nothing reads %s: it is evaluated for nothing".formatted(id)));
    topics.stream()
        .filter(topic -> topic.kind() == TopicKind.REPARTITION)
        .forEach(
            topic ->
                notes.add(
                    "%s sends each record through Kafka once more, to bring keys together"
                        .formatted(topic.node())));
    stores.stream()
        .filter(store -> store.retentionMillis() == null)
        .forEach(
            store ->
                notes.add("%s keeps one entry for each key, for ever".formatted(store.name())));
    checked
        .steps()
        .values()
        .forEach(
            step -> {
              if (step.step() instanceof Step.Aggregate aggregate
                  && aggregate.emit() == Step.Emit.CLOSE) {
                notes.add(
                    "%s gives a result when a later record of its partition passes the end of the"
                            .formatted(step.id())
                        + " window and its grace");
              }
              Duration forget = Retention.forget(step.step());
              if (forget != null) {
                notes.add("%s forgets a key that was not seen for %s".formatted(step.id(), forget));
              }
              if (step.step() instanceof Step.Aggregate && step.input().table()) {
                notes.add("%s adds up every change of a table, not its rows".formatted(step.id()));
              }
            });
    return List.copyOf(notes);
  }
}
