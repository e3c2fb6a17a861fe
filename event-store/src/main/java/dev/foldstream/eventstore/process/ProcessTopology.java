package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.ProcessAnswers.ProcessOut;
import dev.foldstream.eventstore.streams.StateCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Two sub-topologies. The first keeps nothing and sends what concerns a process to the inputs
 * topic, by process id; the second has the one store and takes the inputs.
 *
 * <pre>
 * events ───┐
 *           ├─► route ─► inputs ─► process ─┬─► commands of the aggregates
 * outcomes ─┘                         │     ├─► events (progress)
 *                                   state   ├─► status
 *                                           └─► quarantine
 * </pre>
 *
 * <p>State, timers, commands, progress and the input's offset stand in one transaction.
 */
final class ProcessTopology {

  static final String STORE = "processes";

  private static final String SOURCES = "sources";
  private static final String ROUTE = "route";
  private static final String ROUTED = "routed";
  private static final String INPUTS = "inputs";
  private static final String PROCESS = "process";
  private static final String ANSWERS = "answers";

  // The serializer of a tombstone answers null, which Kafka takes and its interface does not say.
  @SuppressWarnings("NullAway")
  private static final Serializer<ProcessOut> OUT =
      (topic, out) -> out == null ? null : out.bytes();

  // A source of events has the broker's or the caller's clock; neither is below zero.
  private static final TimestampExtractor TIMESTAMP =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private ProcessTopology() {}

  static Topology of(ProcessPlan<?, ?> plan, StateCheck check, ProcessCounts counts) {
    var topology = new Topology();
    addSource(topology, SOURCES, plan.sources());
    topology.addProcessor(ROUTE, () -> new RouteProcessor<>(plan, counts), SOURCES);
    addSink(topology, ROUTED, ROUTE);
    addSource(topology, INPUTS, List.of(plan.inputsTopic()));
    topology.addProcessor(PROCESS, () -> new ProcessProcessor<>(plan, check, counts), INPUTS);
    topology.addStateStore(store(), PROCESS);
    addSink(topology, ANSWERS, PROCESS);
    return topology;
  }

  private static void addSource(Topology topology, String name, List<String> topics) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        TIMESTAMP,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.toArray(String[]::new));
  }

  private static void addSink(Topology topology, String name, String parent) {
    topology.addSink(
        name,
        (byte[] key, ProcessOut out, org.apache.kafka.streams.processor.RecordContext context) ->
            out.topic(),
        new ByteArraySerializer(),
        OUT,
        (topic, key, out, partitions) -> Optional.of(Set.of(out.partition() % partitions)),
        parent);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048576"));
  }
}
