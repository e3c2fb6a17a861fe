package dev.foldstream.topology.preview;

import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.topology.build.Marks;
import dev.foldstream.topology.build.ScratchRegistry;
import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.build.ViewRows;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.plan.StepNode;
import dev.foldstream.topology.preview.PreviewReport.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs a topology on given records in this process; nothing is deployed, written or registered. It
 * runs as one task that commits after each record, so it does not show what several partitions or a
 * crash would.
 */
public final class Preview {

  /** How often the time is looked at. */
  private static final int RECORDS_BETWEEN = 16;

  /** Windows that are emitted on close look at their time this often; always, in a preview. */
  private static final String EMIT_INTERVAL = "__emit.interval.ms.kstreams.windowed.aggregation__";

  private final SchemaRegistry registry;
  private final ViewRows views;

  /**
   * A preview.
   *
   * @param registry for the schemas of the records; nothing is registered in it
   */
  public Preview(SchemaRegistry registry, ViewRows views) {
    this.registry = registry;
    this.views = views;
  }

  /**
   * What the topology makes of the records.
   *
   * @param records in the order in which they are to be taken
   */
  public PreviewReport run(Compiled compiled, List<PreviewRecord> records, PreviewBounds bounds) {
    var probe = new RecordingProbe(bounds.notes());
    var scratch = ScratchRegistry.before(registry);
    var webhooks = new ArrayList<String>();
    var surroundings =
        new Surroundings(
            probe,
            scratch,
            views,
            call -> {
              if (webhooks.size() < bounds.notes()) {
                webhooks.add(call.url() + " " + call.json());
              }
            },
            false,
            true,
            topic -> topic);
    try (var driver =
        new TopologyTestDriver(compiled.build(surroundings), settings(), first(records))) {
      var sinks = new SinkOutputs(compiled, scratch, bounds.outputs());
      int taken = feed(compiled, driver, records, bounds, sinks);
      return new PreviewReport(
          taken,
          taken == records.size(),
          sinks.outputs(),
          probe.counts(),
          probe.dropped(),
          probe.failures(),
          new StoreContents(driver, bounds.outputs()).all(),
          List.copyOf(webhooks),
          notes(compiled));
    }
  }

  private static Instant first(List<PreviewRecord> records) {
    return records.isEmpty()
        ? Instant.EPOCH
        : Instant.ofEpochMilli(records.getFirst().timestampMillis());
  }

  private static Properties settings() {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "preview");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(EMIT_INTERVAL, 0L);
    return settings;
  }

  private static int feed(
      Compiled compiled,
      TopologyTestDriver driver,
      List<PreviewRecord> records,
      PreviewBounds bounds,
      SinkOutputs sinks) {
    Map<String, TestInputTopic<String, byte[]>> topics = new HashMap<>();
    var read =
        compiled.steps().stream()
            .filter(node -> node.kind().equals("source"))
            .map(StepNode::topic)
            .toList();
    long end = System.nanoTime() + bounds.within().toNanos();
    int taken = 0;
    for (PreviewRecord record : records) {
      if (taken == bounds.records() || (taken % RECORDS_BETWEEN == 0 && System.nanoTime() > end)) {
        break;
      }
      String topic = record.pointer().topic();
      if (read.contains(topic)) {
        topics
            .computeIfAbsent(
                topic,
                name ->
                    driver.createInputTopic(
                        name, new StringSerializer(), new ByteArraySerializer()))
            .pipeInput(input(record));
        driver.advanceWallClockTime(Duration.ofMillis(1));
        sinks.take(driver);
      }
      taken++;
    }
    return taken;
  }

  private static TestRecord<String, byte[]> input(PreviewRecord record) {
    var headers = new RecordHeaders();
    record
        .headers()
        .forEach(
            header ->
                headers.add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)));
    headers.remove(Marks.AT);
    headers.add(Marks.AT, record.pointer().toString().getBytes(StandardCharsets.UTF_8));
    return new TestRecord<>(
        record.key(), record.value(), headers, Instant.ofEpochMilli(record.timestampMillis()));
  }

  private static List<String> notes(Compiled compiled) {
    var notes = new ArrayList<String>();
    compiled
        .document()
        .ifPresent(
            document ->
                document
                    .steps()
                    .forEach(
                        (id, step) -> {
                          if (step instanceof Step.Aggregate aggregate
                              && aggregate.emit() == Step.Emit.CLOSE) {
                            notes.add(
                                "%s: windows that no record has closed are not among the outputs"
                                    .formatted(id));
                          }
                        }));
    return List.copyOf(notes);
  }

  /** What sinks would write, read back as it is made. */
  private static final class SinkOutputs {
    private final Compiled compiled;
    private final OutputReader reader;
    private final int most;
    private final Map<String, List<Output>> outputs = new LinkedHashMap<>();

    SinkOutputs(Compiled compiled, SchemaRegistry registry, int most) {
      this.compiled = compiled;
      this.reader = new OutputReader(registry);
      this.most = most;
      sinks().forEach(sink -> outputs.put(sink.id(), new ArrayList<>()));
    }

    private List<StepNode> sinks() {
      return compiled.steps().stream().filter(node -> node.kind().equals("sink")).toList();
    }

    void take(TopologyTestDriver driver) {
      for (StepNode sink : sinks()) {
        if (!driver.producedTopicNames().contains(sink.topic())) {
          continue;
        }
        var topic =
            driver.createOutputTopic(
                sink.topic(), new StringDeserializer(), new ByteArrayDeserializer());
        List<Output> kept = outputs.computeIfAbsent(sink.id(), _ -> new ArrayList<>());
        while (!topic.isEmpty()) {
          var record = topic.readRecord();
          if (kept.size() < most) {
            kept.add(reader.read(record));
          }
        }
      }
    }

    Map<String, List<Output>> outputs() {
      return outputs;
    }
  }
}
