package dev.foldstream.topology.build;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Sources and sinks for topologies written in Java: the same as those of documents. */
public final class PartStreams {

  private final String topology;
  private final Surroundings surroundings;
  private final Map<String, List<Schema>> schemas;
  private final StreamsBuilder builder = new StreamsBuilder();
  private final Map<String, String> sources = new TreeMap<>();
  private final Map<String, String> sinks = new TreeMap<>();

  /**
   * Streams of one topology.
   *
   * @param schemas of the topics that may be read
   */
  public PartStreams(
      String topology, Surroundings surroundings, Map<String, List<Schema>> schemas) {
    this.topology = topology;
    this.surroundings = surroundings;
    this.schemas = schemas;
  }

  public static Serde<GenericRecord> serde(Schema schema) {
    return AvroSerde.of(List.of(schema));
  }

  public StreamsBuilder builder() {
    return builder;
  }

  public KStream<String, GenericRecord> read(String name, String topic) {
    List<Schema> records = schemas.get(topic);
    if (records == null) {
      throw new IllegalArgumentException(
          "%s reads %s, which it does not name: it names %s"
              .formatted(topology, topic, new TreeSet<>(schemas.keySet())));
    }
    sources.put(name, topic);
    var consumed = Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(name + "-read");
    KStream<String, byte[]> read =
        surroundings.redrive()
            ? builder.stream(List.of(topic, Redrive.topic(topology, topic)), consumed)
            : builder.stream(topic, consumed);
    var settings = new StepRun.Settings(name, "/sources/" + name, surroundings.probe(), true, true);
    return read.processValues(
        () ->
            new KeepingStep<>(
                new StepRun<>(settings, new SourceBody(surroundings, records, topic, false))),
        Named.as(name));
  }

  public void write(String name, String topic, KStream<String, GenericRecord> records) {
    sinks.put(name, topic);
    var settings = new StepRun.Settings(name, "/sinks/" + name, surroundings.probe(), true, true);
    records
        .process(
            () ->
                new MovingStep<>(
                    new StepRun<>(
                        settings, new SinkBody(topology, name, topic, null, surroundings))),
            Named.as(name))
        .to(
            surroundings.outputTopics().apply(topic),
            Produced.with(Serdes.String(), Serdes.ByteArray()).withName(name + "-write"));
  }

  /** Topics read, by the name of the source. */
  public Map<String, String> sources() {
    return sources;
  }

  /** Topics written, by the name of the sink. */
  public Map<String, String> sinks() {
    return sinks;
  }

  public Topology build() {
    return builder.build();
  }
}
