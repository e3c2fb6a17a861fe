package dev.foldstream.viewstore;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A view as the stores know it.
 *
 * @param domain the domain that declares it
 * @param topics the events topics that feed it, in order of name
 * @param partitions partitions of each of these topics
 */
public record ViewDefinition(
    String domain, Feature.View<?, ?> feature, List<String> topics, int partitions) {

  public ViewDefinition {
    topics = topics.stream().sorted().toList();
  }

  public String name() {
    return feature.name();
  }

  /** The name in logs, problems and group ids: {@code commerce/order-details}. */
  public String path() {
    return domain + "/" + name();
  }

  /** The start of every partition of the view's topics. */
  public SortedMap<TopicPartitionName, Position> start() {
    var all = new TreeMap<TopicPartitionName, Position>();
    for (String topic : topics) {
      for (int partition = 0; partition < partitions; partition++) {
        all.put(new TopicPartitionName(topic, partition), Position.START);
      }
    }
    return all;
  }
}
