package dev.foldstream.topology.build;

import dev.foldstream.topology.validation.Flow;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.DslStoreSuppliers;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The streams made so far, by the name of what they flow out of. A table flows as the stream of its
 * changes, null for a row that is gone, and is kept where a step has to look into it.
 */
final class Streams {

  private final StreamsBuilder builder;
  private final boolean inMemory;
  private final Map<String, KStream<String, GenericRecord>> streams = new HashMap<>();
  private final Map<String, Flow> flows = new HashMap<>();
  private final Map<String, KStream<String, GenericRecord>> present = new HashMap<>();
  private final Map<String, String> views = new HashMap<>();
  private final Map<String, KTable<String, GenericRecord>> tables = new HashMap<>();

  Streams(StreamsBuilder builder, Surroundings surroundings) {
    this.builder = builder;
    this.inMemory = surroundings.preview();
  }

  StreamsBuilder builder() {
    return builder;
  }

  boolean inMemory() {
    return inMemory;
  }

  DslStoreSuppliers stores() {
    return inMemory
        ? new BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers()
        : new BuiltInDslStoreSuppliers.RocksDBDslStoreSuppliers();
  }

  void put(String name, KStream<String, GenericRecord> stream, Flow flow) {
    streams.put(name, stream);
    flows.put(name, flow);
  }

  void putView(String source, String view) {
    views.put(source, view);
  }

  /** The view that a source stands for. */
  String view(String source) {
    return Objects.requireNonNull(views.get(source), source);
  }

  KStream<String, GenericRecord> get(String name) {
    return Objects.requireNonNull(streams.get(name), name);
  }

  Flow flow(String name) {
    return Objects.requireNonNull(flows.get(name), name);
  }

  /** As a stream of what is there: the changes of a table without those that take rows away. */
  KStream<String, GenericRecord> records(String name) {
    return flow(name).table()
        ? present.computeIfAbsent(
            name,
            _ -> get(name).filter((_, value) -> value != null, Named.as(plain(name) + "-present")))
        : get(name);
  }

  /** As a table with its store. */
  KTable<String, GenericRecord> table(String name) {
    return tables.computeIfAbsent(
        name,
        _ ->
            get(name)
                .toTable(
                    Named.as(plain(name) + "-table"),
                    Materialized.<String, GenericRecord, KeyValueStore<Bytes, byte[]>>as(
                            plain(name) + "-table-store")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(AvroSerde.of(flow(name).records()))
                        .withStoreType(stores())
                        .withCachingDisabled()));
  }

  /**
   * With the records of each key together in one partition.
   *
   * @param dsl whether an operator of the DSL follows, which takes the keys of windows for new ones
   */
  KStream<String, GenericRecord> together(String name, String step, int partitions, boolean dsl) {
    Flow flow = flow(name);
    boolean needed = flow.moved() || (dsl && flow.windowed()) || flow.partitions() != partitions;
    return needed ? repartitioned(records(name), step, flow, partitions) : records(name);
  }

  static KStream<String, GenericRecord> repartitioned(
      KStream<String, GenericRecord> stream, String name, Flow flow, int partitions) {
    return stream.repartition(
        Repartitioned.<String, GenericRecord>as(name)
            .withKeySerde(Serdes.String())
            .withValueSerde(AvroSerde.of(flow.records()))
            .withNumberOfPartitions(partitions));
  }

  /** A branch as it may stand in names of Kafka Streams. */
  static String plain(String name) {
    return name.replace('.', '-');
  }
}
