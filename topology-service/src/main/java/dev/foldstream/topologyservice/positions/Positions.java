package dev.foldstream.topologyservice.positions;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.GroupOffsets;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Asks the cluster where groups and topics stand. Throws when it does not answer in time. */
@Singleton
public final class Positions {

  private final Cluster cluster;

  Positions(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Of these topics; one that is not there has none. */
  public List<TopicPartition> partitions(Collection<String> topics) {
    var there = new ArrayList<>(topics);
    there.retainAll(Cluster.answer("list the topics", cluster.admin().listTopics().names()));
    var partitions = new ArrayList<TopicPartition>();
    Cluster.answer("describe the topics", cluster.admin().describeTopics(there).allTopicNames())
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
    return partitions;
  }

  public Map<TopicPartition, Long> committed(
      String applicationId, Collection<TopicPartition> partitions) {
    var committed = new HashMap<TopicPartition, Long>();
    var groups = new GroupOffsets(cluster.admin(), applicationId, false);
    var topics = new HashMap<String, Integer>();
    partitions.forEach(it -> topics.merge(it.topic(), it.partition() + 1, Math::max));
    topics.forEach(
        (topic, count) ->
            groups
                .committed(topic, count)
                .forEach(
                    (partition, offset) ->
                        committed.put(new TopicPartition(topic, partition), offset)));
    return committed;
  }

  public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /** Of what is committed. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  /** The first record of this time or later; the end where there is none. */
  public Map<TopicPartition, Long> at(Collection<TopicPartition> partitions, Instant time) {
    Map<TopicPartition, Long> ends = ends(partitions);
    var found = new HashMap<TopicPartition, Long>();
    offsets(partitions, OffsetSpec.forTimestamp(time.toEpochMilli()))
        .forEach(
            (partition, offset) ->
                found.put(partition, offset < 0 ? ends.getOrDefault(partition, 0L) : offset));
    return found;
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec) {
    var wanted = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        Cluster.answer(
            "find the offsets of " + partitions.size() + " partitions",
            cluster.admin().listOffsets(wanted, options).all());
    var offsets = new HashMap<TopicPartition, Long>();
    answer.forEach((partition, result) -> offsets.put(partition, result.offset()));
    return offsets;
  }

  public Lag lag(String applicationId, Collection<String> topics) {
    List<TopicPartition> partitions = partitions(topics);
    return Lag.of(begins(partitions), ends(partitions), committed(applicationId, partitions));
  }

  /** Whether no process runs this application. */
  public boolean idle(String applicationId) {
    try {
      Map<String, ConsumerGroupDescription> groups =
          Cluster.answer(
              "describe the group " + applicationId,
              cluster.admin().describeConsumerGroups(List.of(applicationId)).all());
      ConsumerGroupDescription group = groups.get(applicationId);
      return group == null || group.members().isEmpty();
    } catch (GroupIdNotFoundException never) {
      return true;
    }
  }

  /** How many members a running application has, over all processes. */
  public int members(String applicationId) {
    try {
      ConsumerGroupDescription group =
          Cluster.answer(
                  "describe the group " + applicationId,
                  cluster.admin().describeConsumerGroups(List.of(applicationId)).all())
              .get(applicationId);
      return group == null ? 0 : group.members().size();
    } catch (GroupIdNotFoundException never) {
      return 0;
    }
  }

  /** For an application that nobody runs. */
  public void set(String applicationId, Map<TopicPartition, Long> offsets) {
    var wanted = new HashMap<TopicPartition, OffsetAndMetadata>();
    offsets.forEach((partition, offset) -> wanted.put(partition, new OffsetAndMetadata(offset)));
    new GroupOffsets(cluster.admin(), applicationId, false).set(wanted);
  }

  /**
   * Stores everything that an application committed once more, so that Kafka does not forget it:
   * also its places in topics of its own, and what Kafka Streams wrote beside them. For one that
   * nobody runs.
   */
  public void keep(String applicationId) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        Cluster.answer(
            "read the positions of " + applicationId,
            cluster
                .admin()
                .listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata());
    committed.values().removeIf(Objects::isNull);
    if (!committed.isEmpty()) {
      new GroupOffsets(cluster.admin(), applicationId, false).set(committed);
    }
  }

  /** Forgets an application; returns false while somebody runs it. */
  public boolean forget(String applicationId) {
    try {
      Cluster.answer(
          "delete the group " + applicationId,
          cluster.admin().deleteConsumerGroups(List.of(applicationId)).all());
      return true;
    } catch (GroupIdNotFoundException gone) {
      return true;
    } catch (GroupNotEmptyException running) {
      return false;
    }
  }
}
