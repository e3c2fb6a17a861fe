package dev.foldstream.topology.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/** Which node of a document made which node, store and topic of Kafka Streams: by their names. */
public final class Owners {

  private final List<String> ids;
  private final TopologyDescription description;

  public Owners(Collection<String> ids, TopologyDescription description) {
    this.ids = ids.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    this.description = description;
  }

  /** The longest id that a name begins with. */
  public Optional<String> owner(String name) {
    return ids.stream().filter(id -> name.equals(id) || name.startsWith(id + "-")).findFirst();
  }

  List<String> processors(String id) {
    var names = new TreeSet<String>();
    nodes()
        .forEach(
            node -> {
              if (owner(node.name()).filter(id::equals).isPresent()) {
                names.add(node.name());
              }
            });
    return List.copyOf(names);
  }

  List<String> stores(String id) {
    return stores().stream().filter(name -> owner(name).filter(id::equals).isPresent()).toList();
  }

  Collection<String> stores() {
    var names = new TreeSet<String>();
    nodes()
        .forEach(
            node -> {
              if (node instanceof Processor processor) {
                names.addAll(processor.stores());
              }
            });
    return names;
  }

  private List<TopologyDescription.Node> nodes() {
    return description.subtopologies().stream().flatMap(sub -> sub.nodes().stream()).toList();
  }

  /** Topics that Kafka Streams makes between sub-topologies. */
  Collection<String> internalTopics(Collection<String> outputs) {
    var written = new TreeSet<String>();
    nodes()
        .forEach(
            node -> {
              if (node instanceof Sink sink && sink.topic() != null) {
                written.add(sink.topic());
              }
            });
    written.removeAll(outputs);
    return written;
  }

  /** What a running group cannot change: sub-topologies with their topics and stores. */
  public String layout() {
    var layout = new StringBuilder();
    for (var sub : description.subtopologies()) {
      var parts = new TreeSet<String>();
      for (var node : sub.nodes()) {
        switch (node) {
          case Source source -> parts.add("reads " + new TreeSet<>(source.topicSet()));
          case Processor processor ->
              processor.stores().forEach(store -> parts.add("keeps " + store));
          case Sink sink -> parts.add("writes " + sink.topic());
          default -> parts.add(node.name());
        }
      }
      layout.append(sub.id()).append(parts).append('\n');
    }
    return layout.toString();
  }

  TopologyDescription description() {
    return description;
  }
}
