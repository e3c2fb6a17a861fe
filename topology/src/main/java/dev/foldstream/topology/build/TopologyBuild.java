package dev.foldstream.topology.build;

import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Source;
import dev.foldstream.topology.validation.CheckedSink;
import dev.foldstream.topology.validation.CheckedSource;
import dev.foldstream.topology.validation.CheckedTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * From a checked topology to one of Kafka Streams. All that is kept or written between has a name
 * made of the step's, so that it stays where it is when other steps change.
 */
public final class TopologyBuild {

  private final CheckedTopology checked;
  private final Surroundings surroundings;
  private final StreamsBuilder builder = new StreamsBuilder();
  private final Streams streams;

  private TopologyBuild(CheckedTopology checked, Surroundings surroundings) {
    this.checked = checked;
    this.surroundings = surroundings;
    this.streams = new Streams(builder, surroundings);
  }

  public static Topology of(CheckedTopology checked, Surroundings surroundings) {
    var build = new TopologyBuild(checked, surroundings);
    build.sources();
    var steps = new StepBuild(checked.document().name(), build.streams, surroundings);
    checked.steps().values().forEach(steps::add);
    checked.sinks().values().forEach(build::sink);
    return build.builder.build();
  }

  private void sources() {
    Map<String, KStream<String, byte[]>> topics = new HashMap<>();
    for (CheckedSource source : checked.sources().values()) {
      if (source.source() instanceof Source.View view) {
        streams.putView(source.id(), view.view());
      }
      source
          .topic()
          .ifPresent(
              topic ->
                  source(
                      source, topic, topics.computeIfAbsent(topic, _ -> read(source.id(), topic))));
    }
  }

  private KStream<String, byte[]> read(String id, String topic) {
    var consumed = Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(id + "-read");
    return surroundings.redrive()
        ? builder.stream(List.of(topic, Redrive.topic(checked.document().name(), topic)), consumed)
        : builder.stream(topic, consumed);
  }

  private void source(CheckedSource source, String topic, KStream<String, byte[]> from) {
    var settings =
        new StepRun.Settings(
            source.id(), Pointers.of("sources", source.id()), surroundings.probe(), true, true);
    boolean table = source.flow().table();
    var records = source.flow().records();
    KStream<String, GenericRecord> stream =
        from.processValues(
            () ->
                new KeepingStep<>(
                    new StepRun<>(settings, new SourceBody(surroundings, records, topic, table))),
            Named.as(source.id()));
    streams.put(source.id(), stream, source.flow());
  }

  private void sink(CheckedSink sink) {
    var settings =
        new StepRun.Settings(
            sink.id(), Pointers.of("sinks", sink.id()), surroundings.probe(), true, true);
    streams
        .get(sink.sink().from())
        .process(
            () ->
                new MovingStep<>(
                    new StepRun<>(
                        settings,
                        new SinkBody(
                            checked.document().name(),
                            sink.id(),
                            sink.topic(),
                            sink.key().orElse(null),
                            surroundings))),
            Named.as(sink.id()))
        .to(
            surroundings.outputTopics().apply(sink.topic()),
            Produced.with(Serdes.String(), Serdes.ByteArray()).withName(sink.id() + "-write"));
  }
}
