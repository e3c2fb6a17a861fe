package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.streams.BeforeCommit;
import dev.foldstream.eventstore.streams.StateCheck;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * One sub-topology with one store: commands in; events, outcomes and pointers of quarantined
 * commands out, with the state and the input offset in one transaction.
 *
 * <pre>
 * commands ─► decide ─┬─► events
 *               │     ├─► outcomes
 *             state   └─► quarantine
 * </pre>
 *
 * Each partition of events and outcomes has one writer, the task of the same number: readers of
 * committed records stop at the oldest open transaction of a partition, so a second writer that is
 * killed would silence the first.
 */
final class DecisionTopology {

  static final String STORE = "state";
  private static final String SOURCE = "commands";
  private static final String PROCESSOR = "decide";

  private DecisionTopology() {}

  static Topology of(DecisionPlan<?, ?, ?> plan, StateCheck check, DecisionCounts counts) {
    var topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        SOURCE,
        (record, partitionTime) -> Math.max(0, record.timestamp()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        plan.commandsTopic());
    topology.addProcessor(PROCESSOR, () -> new DecisionProcessor(plan, check, counts), SOURCE);
    topology.addStateStore(store(), PROCESSOR);
    topology.addStateStore(BeforeCommit.store(), PROCESSOR);
    for (Answers.To to : Answers.To.values()) {
      topology.addSink(
          sink(to),
          topic(plan, to),
          new ByteArraySerializer(),
          Out.SERIALIZER,
          ownPartition(),
          PROCESSOR);
    }
    return topology;
  }

  static String sink(Answers.To to) {
    return switch (to) {
      case EVENTS -> "events";
      case OUTCOMES -> "outcomes";
      case QUARANTINE -> "quarantine";
    };
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048576"));
  }

  private static String topic(DecisionPlan<?, ?, ?> plan, Answers.To to) {
    return switch (to) {
      case EVENTS -> plan.eventsTopic();
      case OUTCOMES -> plan.outcomesTopic();
      case QUARANTINE -> plan.quarantineTopic();
    };
  }

  private static StreamPartitioner<byte[], Out> ownPartition() {
    return (topic, key, out, partitions) -> Optional.of(Set.of(out.partition() % partitions));
  }
}
