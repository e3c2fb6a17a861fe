package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.topologyservice.positions.Positions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what an application leaves in Kafka when it will not run again. */
@Singleton
final class Leftovers {

  private static final int LOOKS = 80;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Cluster cluster;
  private final Positions positions;

  Leftovers(Cluster cluster, Positions positions) {
    this.cluster = cluster;
    this.positions = positions;
  }

  /**
   * Waits until nobody runs it, then deletes its group and the topics that Kafka Streams made for
   * it. Returns the topics; none while somebody still runs it, which is logged.
   */
  List<String> drop(String applicationId) {
    for (int look = 0; look < LOOKS; look++) {
      if (positions.forget(applicationId)) {
        return delete(madeFor(applicationId));
      }
      Pauses.pass(BETWEEN_LOOKS);
    }
    LOG.warn(
        "{} is still run by some process; its group and topics stay and may be deleted by hand",
        applicationId);
    return List.of();
  }

  List<String> madeFor(String applicationId) {
    return names().stream()
        .filter(name -> name.startsWith(applicationId + "-"))
        .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
        .sorted()
        .toList();
  }

  /** Those of them that are there; returns them. */
  List<String> delete(Collection<String> topics) {
    Set<String> existing = names();
    List<String> there = topics.stream().filter(existing::contains).sorted().toList();
    for (String topic : there) {
      try {
        Cluster.answer(
            "delete the topic " + topic, cluster.admin().deleteTopics(List.of(topic)).all());
      } catch (UnknownTopicOrPartitionException gone) {
        LOG.debug("{} was deleted by somebody else", topic);
      }
    }
    return there;
  }

  private Set<String> names() {
    return Cluster.answer("list the topics", cluster.admin().listTopics().names());
  }
}
