package dev.foldstream.eventstore.streams;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The committed offsets of an application's group, for both group protocols. */
public final class GroupOffsets {

  /** A closed member may count as one until its session ends. */
  static final int MAX_TRIES = 40;

  static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

  private final Admin admin;
  private final String group;
  private final boolean streamsProtocol;

  public GroupOffsets(Admin admin, String group, boolean streamsProtocol) {
    this.admin = admin;
    this.group = group;
    this.streamsProtocol = streamsProtocol;
  }

  /** Partition to committed offset; only those that are committed. */
  public Map<Integer, Long> committed(String topic, int partitions) {
    var wanted = new HashMap<Integer, TopicPartition>();
    for (int partition = 0; partition < partitions; partition++) {
      wanted.put(partition, new TopicPartition(topic, partition));
    }
    Map<TopicPartition, OffsetAndMetadata> found = list(wanted);
    var committed = new HashMap<Integer, Long>();
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition.partition(), offset.offset());
          }
        });
    return committed;
  }

  private Map<TopicPartition, OffsetAndMetadata> list(Map<Integer, TopicPartition> wanted) {
    var future =
        streamsProtocol
            ? admin
                .listStreamsGroupOffsets(
                    Map.of(
                        group, new ListStreamsGroupOffsetsSpec().topicPartitions(wanted.values())))
                .partitionsToOffsetAndMetadata(group)
            : admin
                .listConsumerGroupOffsets(
                    Map.of(
                        group, new ListConsumerGroupOffsetsSpec().topicPartitions(wanted.values())))
                .partitionsToOffsetAndMetadata(group);
    try {
      return Cluster.answer("read the offsets of group " + group, future);
    } catch (GroupIdNotFoundException none) {
      return Map.of();
    }
  }

  /**
   * Forgets the group, because the streams protocol does not take another topology for it. Returns
   * when it is gone, or was taken by another instance.
   */
  public void forget() {
    if (!streamsProtocol) {
      return;
    }
    for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
      try {
        Cluster.answer(
            "delete the group " + group, admin.deleteStreamsGroups(List.of(group)).all());
        return;
      } catch (GroupIdNotFoundException gone) {
        return;
      } catch (GroupNotEmptyException stillThere) {
        pause();
      }
    }
    LOG.info("Group {} has members still; another instance goes on with it", group);
  }

  /** For a group without members. */
  public void set(Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
      try {
        Cluster.answer(
            "set the offsets of group " + group,
            streamsProtocol
                ? admin.alterStreamsGroupOffsets(group, offsets).all()
                : admin.alterConsumerGroupOffsets(group, offsets).all());
        return;
      } catch (UnknownMemberIdException | GroupNotEmptyException stillThere) {
        pause();
      }
    }
    LOG.info("Group {} has members still; they keep their own offsets", group);
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException("wait for a group", BETWEEN_TRIES, stopped);
    }
  }
}
