package dev.foldstream.host.settings;

import dev.foldstream.eventstore.topics.TopicSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How topics are made.
 *
 * @param partitions of each topic; fixed for ever once events are stored
 */
@Context
@ConfigurationProperties("foldstream.topics")
public record TopicsSettings(
    @Bindable(defaultValue = "6") int partitions,
    @Bindable(defaultValue = "3") int replicationFactor,
    @Bindable(defaultValue = "2") int minInSyncReplicas) {

  public TopicsSettings {
    String name = "foldstream.topics.";
    Check.between(name + "partitions", partitions, 1, TopicSettings.MAX_PARTITIONS);
    Check.between(name + "replication-factor", replicationFactor, 1, Short.MAX_VALUE);
    Check.between(name + "min-in-sync-replicas", minInSyncReplicas, 1, replicationFactor);
  }

  public TopicSettings asTopicSettings() {
    return new TopicSettings(partitions, (short) replicationFactor, (short) minInSyncReplicas);
  }
}
