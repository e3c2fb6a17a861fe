package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.GroupOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a process type begins to read. Set before its first start, so that nothing that happens
 * between the decision for a position and the first poll is missed.
 */
final class StartPositions {

  private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

  private final Admin admin;
  private final ProcessPlan<?, ?> plan;
  private final ProcessSettings settings;
  private final GroupOffsets group;

  StartPositions(Cluster cluster, ProcessPlan<?, ?> plan, ProcessSettings settings) {
    this.admin = cluster.admin();
    this.plan = plan;
    this.settings = settings;
    this.group =
        new GroupOffsets(admin, plan.applicationId(), settings.streams().streamsProtocol());
  }

  /** Leaves alone what is set. */
  void fix() {
    Map<TopicPartition, Long> committed = committed(plan.sources());
    var missing = new HashSet<TopicPartition>();
    for (String topic : plan.sources()) {
      missing.addAll(partitions(topic));
    }
    missing.removeAll(committed.keySet());
    boolean others = otherTopology();
    if (missing.isEmpty() && !others) {
      return;
    }
    refuseIfLost(committed.keySet(), missing);
    Map<TopicPartition, Long> all = new HashMap<>(committed);
    all.putAll(positions(missing));
    if (others) {
      all.putAll(committed(List.of(plan.inputsTopic())));
      group.forget();
    }
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    all.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    group.set(offsets);
    LOG.info(
        "{} begins to read {} partitions by {}",
        plan.applicationId(),
        missing.size(),
        settings.start());
  }

  /** Records behind the ends of all that is read; a commit's own marker may count as one. */
  long lag() {
    var topics = new ArrayList<>(plan.sources());
    topics.add(plan.inputsTopic());
    var partitions = new HashSet<TopicPartition>();
    topics.forEach(topic -> partitions.addAll(partitions(topic)));
    Map<TopicPartition, Long> taken = committed(topics);
    long lag = 0;
    for (var end : offsets(partitions, OffsetSpec.latest()).entrySet()) {
      lag += Math.max(0, end.getValue() - taken.getOrDefault(end.getKey(), 0L));
    }
    return lag;
  }

  private Map<TopicPartition, Long> committed(List<String> topics) {
    var committed = new HashMap<TopicPartition, Long>();
    for (String topic : topics) {
      group
          .committed(topic, plan.partitions())
          .forEach(
              (partition, offset) -> committed.put(new TopicPartition(topic, partition), offset));
    }
    return committed;
  }

  private Set<TopicPartition> partitions(String topic) {
    var partitions = new HashSet<TopicPartition>();
    for (int partition = 0; partition < plan.partitions(); partition++) {
      partitions.add(new TopicPartition(topic, partition));
    }
    return partitions;
  }

  /** To begin anew would send commands for what was done long ago, or miss what happened. */
  private void refuseIfLost(Set<TopicPartition> committed, Set<TopicPartition> missing) {
    boolean lost =
        committed.isEmpty()
            ? ran()
            : missing.stream()
                .anyMatch(one -> committed.stream().anyMatch(it -> it.topic().equals(one.topic())));
    if (lost && !(settings.start() instanceof ProcessStart.At)) {
      throw new IllegalStateException(
          ("wanted the positions up to which %s took events; found %d of %d, although it ran before:"
                  + " Kafka forgets those of a group that was away for offsets.retention.minutes."
                  + " Mend: set foldstream.processes.%s.start to the time it stopped, a little too"
                  + " early is harmless")
              .formatted(
                  plan.applicationId(),
                  committed.size(),
                  committed.size() + missing.size(),
                  plan.process().name()));
    }
  }

  private boolean ran() {
    return offsets(partitions(plan.inputsTopic()), OffsetSpec.latest()).values().stream()
        .anyMatch(offset -> offset > 0);
  }

  private Map<TopicPartition, Long> positions(Set<TopicPartition> missing) {
    return switch (settings.start()) {
      case ProcessStart.Now() -> offsets(missing, OffsetSpec.latest());
      case ProcessStart.Beginning() -> offsets(missing, OffsetSpec.earliest());
      case ProcessStart.At(var time) -> {
        var found = offsets(missing, OffsetSpec.forTimestamp(time.toEpochMilli()));
        // Below zero: nothing was stored since then.
        var ends = offsets(missing, OffsetSpec.latest());
        found.replaceAll((partition, at) -> at < 0 ? ends.getOrDefault(partition, 0L) : at);
        yield found;
      }
    };
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
    var wanted = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        Cluster.answer("find the ends of the events", admin.listOffsets(wanted).all());
    var offsets = new HashMap<TopicPartition, Long>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /** Whether the group was formed for other topics: the streams protocol takes no change. */
  private boolean otherTopology() {
    if (!settings.streams().streamsProtocol()) {
      return false;
    }
    try {
      Map<String, StreamsGroupDescription> described =
          Cluster.answer(
              "describe the group " + plan.applicationId(),
              admin.describeStreamsGroups(List.of(plan.applicationId())).all());
      var topics = new HashSet<String>();
      described
          .values()
          .forEach(it -> it.subtopologies().forEach(sub -> topics.addAll(sub.sourceTopics())));
      var wanted = new HashSet<>(plan.sources());
      wanted.add(plan.inputsTopic());
      return !topics.isEmpty() && !topics.equals(wanted);
    } catch (GroupIdNotFoundException none) {
      return false;
    }
  }
}
