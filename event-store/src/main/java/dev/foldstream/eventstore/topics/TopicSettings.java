package dev.foldstream.eventstore.topics;

/**
 * How the topics of every aggregate are made.
 *
 * @param partitions of commands, events and outcomes alike; fixed for ever once events are stored
 * @param replicationFactor 3 outside of development
 * @param minInSyncReplicas 2 outside of development
 */
public record TopicSettings(int partitions, short replicationFactor, short minInSyncReplicas) {

  public static final int MAX_PARTITIONS = 1_000;

  /** One broker, as in development and tests. */
  public static final TopicSettings SINGLE_BROKER = new TopicSettings(6, (short) 1, (short) 1);

  public TopicSettings {
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "topics have 1 to %d partitions; found %d".formatted(MAX_PARTITIONS, partitions));
    }
    if (replicationFactor < 1) {
      throw new IllegalArgumentException(
          "the replication factor is at least 1; found " + replicationFactor);
    }
    if (minInSyncReplicas < 1 || minInSyncReplicas > replicationFactor) {
      throw new IllegalArgumentException(
          "min.insync.replicas is 1 to the replication factor of %d; found %d"
              .formatted(replicationFactor, minInSyncReplicas));
    }
  }
}
