package dev.foldstream.topologyservice.topologies;

import dev.foldstream.topologyservice.topologies.PictureController.Node;
import dev.foldstream.topologyservice.topologies.PictureController.SubTopology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.TopologyDescription;

/** What Kafka Streams says of a topology, taken apart. */
final class DescribedNodes {

  private DescribedNodes() {}

  static List<SubTopology> of(TopologyDescription description) {
    return description.subtopologies().stream()
        .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
        .map(
            sub ->
                new SubTopology(
                    sub.id(),
                    sub.nodes().stream()
                        .map(DescribedNodes::node)
                        .sorted(Comparator.comparing(Node::name))
                        .toList()))
        .toList();
  }

  private static Node node(TopologyDescription.Node node) {
    List<String> successors =
        node.successors().stream().map(TopologyDescription.Node::name).sorted().toList();
    return switch (node) {
      case TopologyDescription.Source source ->
          new Node(source.name(), "source", sorted(source.topicSet()), List.of(), successors);
      case TopologyDescription.Sink sink ->
          new Node(sink.name(), "sink", topic(sink), List.of(), successors);
      case TopologyDescription.Processor processor ->
          new Node(
              processor.name(), "processor", List.of(), sorted(processor.stores()), successors);
      default -> new Node(node.name(), "node", List.of(), List.of(), successors);
    };
  }

  /** None when it is chosen for each record. */
  private static List<String> topic(TopologyDescription.Sink sink) {
    return sink.topic() == null ? List.of() : List.of(sink.topic());
  }

  private static List<String> sorted(@org.jspecify.annotations.Nullable Set<String> names) {
    if (names == null) {
      return List.of();
    }
    var sorted = new ArrayList<>(names);
    sorted.sort(Comparator.naturalOrder());
    return List.copyOf(sorted);
  }
}
