package dev.foldstream.eventstore.topics;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic as it must be.
 *
 * @param fixedPartitions whether another number of partitions is a fault
 */
record TopicPlan(
    String name, TopicSettings settings, boolean fixedPartitions, Map<String, String> config) {

  /** The largest record batch a topic takes; {@link RecordLimits} keeps every record below it. */
  static final int MAX_MESSAGE_BYTES = 1_048_576;

  /** A week: long enough to retry what was quarantined, and for a host that was down. */
  private static final long COMMANDS_RETENTION_MILLIS = 604_800_000L;

  /** More than instances, as a rule: two that share one read each other's few answers. */
  static final int ANSWER_PARTITIONS = 32;

  /** An answer is of use while a caller waits, which is seconds. */
  private static final long ANSWERS_RETENTION_MILLIS = 600_000L;

  /** How long a reader of rows may stand still without missing that one was removed: 30 days. */
  private static final String REMOVALS_KEPT_MILLIS = Long.toString(30L * 24 * 60 * 60 * 1000);

  private static final String FOR_EVER = "-1";

  static List<TopicPlan> of(Collection<Domain> domains, TopicSettings settings) {
    var plans = new ArrayList<TopicPlan>();
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        switch (feature) {
          case Feature.Aggregate<?, ?, ?> it ->
              plans.addAll(of(domain.name(), it.name(), settings));
          case Feature.Process<?, ?, ?> it ->
              plans.addAll(ofProcess(domain.name(), it.name(), settings));
          case Feature.View<?, ?> _ -> {}
        }
      }
    }
    plans.add(answers(settings));
    return plans;
  }

  /** One partition: its order is what decides between two who write at the same time. */
  static TopicPlan topologies(TopicSettings settings) {
    var config = config(settings, FOR_EVER);
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    var one = new TopicSettings(1, settings.replicationFactor(), settings.minInSyncReplicas());
    return new TopicPlan(TopicNames.TOPOLOGIES, one, true, config);
  }

  /** What a registered topology writes. */
  static TopicPlan ofTopology(String topic, int partitions, TopicSettings settings) {
    var spread =
        new TopicSettings(partitions, settings.replicationFactor(), settings.minInSyncReplicas());
    var config = config(settings, FOR_EVER);
    if (TopicNames.isViewRows(topic)) {
      config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, REMOVALS_KEPT_MILLIS);
    }
    return new TopicPlan(topic, spread, true, config);
  }

  private static TopicPlan answers(TopicSettings settings) {
    String retention = Long.toString(ANSWERS_RETENTION_MILLIS);
    var config = config(settings, retention);
    // Only closed segments are deleted.
    config.put(TopicConfig.SEGMENT_MS_CONFIG, retention);
    // No more instances than partitions decide, so the answers spread as the decisions do.
    int partitions = Math.max(ANSWER_PARTITIONS, settings.partitions());
    var spread =
        new TopicSettings(partitions, settings.replicationFactor(), settings.minInSyncReplicas());
    return new TopicPlan(TopicNames.ANSWERS, spread, false, config);
  }

  private static List<TopicPlan> of(String domain, String aggregate, TopicSettings settings) {
    String week = Long.toString(COMMANDS_RETENTION_MILLIS);
    var commands = config(settings, week);
    // The broker's clock, not a caller's: what is remembered of a command id ends by these times.
    commands.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return List.of(
        new TopicPlan(TopicNames.commands(domain, aggregate), settings, true, commands),
        new TopicPlan(
            TopicNames.events(domain, aggregate), settings, true, config(settings, FOR_EVER)),
        new TopicPlan(
            TopicNames.outcomes(domain, aggregate), settings, true, config(settings, week)),
        new TopicPlan(
            TopicNames.quarantine(domain, aggregate), settings, false, config(settings, FOR_EVER)));
  }

  private static List<TopicPlan> ofProcess(String domain, String process, TopicSettings settings) {
    var inputs = config(settings, Long.toString(COMMANDS_RETENTION_MILLIS));
    inputs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    var status = config(settings, FOR_EVER);
    status.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    return List.of(
        new TopicPlan(TopicNames.inputs(domain, process), settings, true, inputs),
        new TopicPlan(
            TopicNames.events(domain, process), settings, true, config(settings, FOR_EVER)),
        new TopicPlan(TopicNames.status(domain, process), settings, true, status),
        new TopicPlan(
            TopicNames.quarantine(domain, process), settings, false, config(settings, FOR_EVER)));
  }

  private static Map<String, String> config(TopicSettings settings, String retentionMillis) {
    var config = new TreeMap<String, String>();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    config.put(TopicConfig.RETENTION_MS_CONFIG, retentionMillis);
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
    config.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Short.toString(settings.minInSyncReplicas()));
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
    config.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    return config;
  }

  /** The settings whose other value is refused: those the promises rest on. */
  Map<String, String> checked() {
    var checked = new TreeMap<>(config);
    if (!FOR_EVER.equals(config.get(TopicConfig.RETENTION_MS_CONFIG))) {
      checked.remove(TopicConfig.RETENTION_MS_CONFIG);
      checked.remove(TopicConfig.RETENTION_BYTES_CONFIG);
      checked.remove(TopicConfig.SEGMENT_MS_CONFIG);
    }
    return checked;
  }

  NewTopic newTopic() {
    return new NewTopic(name, settings.partitions(), settings.replicationFactor()).configs(config);
  }
}
