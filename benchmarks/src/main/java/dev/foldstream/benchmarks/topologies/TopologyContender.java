package dev.foldstream.benchmarks.topologies;

import dev.foldstream.benchmarks.load.ProcessorTime;
import dev.foldstream.benchmarks.read.Runs;
import dev.foldstream.benchmarks.write.Contender;
import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.catalog.FixedCatalog;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.compile.TopologyCompiler;
import dev.foldstream.topology.document.TopologyReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * Reads all orders with one topology, in a JVM of its own.
 *
 * <p>Arguments: the document, {@code document} or {@code by-hand}, the runs, Kafka and its process,
 * the registry, a directory.
 */
public final class TopologyContender implements Runs.Contender {

  static final String FILTER = "high-value-orders";
  static final String WINDOW = "sales-per-minute";

  private final String document;
  private final boolean byHand;
  private final String servers;
  private final long kafkaPid;
  private final ConfluentSchemaRegistry registry;
  private final StreamsSettings settings;
  private final Schema order =
      SchemaFiles.of(new CommerceDomain()).find(OrderPlaced.class).orElseThrow();
  private final Compiled compiled;

  private TopologyContender(String[] arguments) throws IOException {
    this.document = arguments[0];
    this.byHand = arguments[1].equals("by-hand");
    this.servers = arguments[3];
    this.kafkaPid = Long.parseLong(arguments[4]);
    this.registry = new ConfluentSchemaRegistry(URI.create(arguments[5]));
    this.settings =
        new StreamsSettings(
            servers,
            Path.of(arguments[6]),
            TopicSettings.SINGLE_BROKER,
            StreamsSettings.CLASSIC,
            0);
    this.compiled = compiled();
  }

  public static void main(String[] arguments) throws Exception {
    Runs.parse(arguments[2]).run(new TopologyContender(arguments));
    System.exit(0);
  }

  private Compiled compiled() throws IOException {
    String text = text(document);
    var catalog =
        new FixedCatalog().withAggregate("commerce.order", Orders.PARTITIONS, List.of(order));
    var read = new TopologyReader().read(text, "application/yaml").orThrow();
    return new TopologyCompiler().compile(read, catalog).orThrow();
  }

  /** The text of a document of this benchmark. */
  static String text(String document) throws IOException {
    String path = "topologies/%s.yaml".formatted(document);
    try (var in =
        Objects.requireNonNull(
            TopologyContender.class.getClassLoader().getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public List<Worked> run(int number) throws Exception {
    String id = "bench-%s-%d-%d".formatted(document, System.nanoTime(), number);
    var output = compiled.plan().outputs().getFirst();
    output.schemas().forEach(registry::register);
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.prepareSinks(
          admin,
          Map.of(
              id, Orders.PARTITIONS, TopicNames.redrive(document, Orders.TOPIC), Orders.PARTITIONS),
          TopicSettings.SINGLE_BROKER);
      var streams = new KafkaStreams(topology(output.name(), id), settings.of(id));
      Worked worked = measured(streams);
      streams.close(StreamsSettings.leaving());
      streams.cleanUp();
      admin.deleteTopics(List.of(id)).all().get();
      return List.of(worked);
    }
  }

  private Topology topology(String topic, String written) {
    if (!byHand) {
      var surroundings =
          new Surroundings(
              new CountingProbe(), registry, (_, _) -> Optional.empty(), _ -> {}, true);
      return compiled.build(surroundings.writing(_ -> written));
    }
    Schema output = compiled.plan().outputs().getFirst().schemas().values().iterator().next();
    var hand = new ByHand(registry, order, output, topic, written);
    return document.equals(FILTER) ? hand.filter() : hand.window();
  }

  /** From the first record to the last one, those between topics of its own included. */
  private Worked measured(KafkaStreams streams) throws Exception {
    long all = document.equals(FILTER) ? Orders.COUNT : Orders.COUNT * (1L + Orders.LINES);
    Metric processed = processed(streams);
    streams.start();
    Runs.await("the first record", () -> count(processed) > 0);
    long started = System.nanoTime();
    long own = Contender.ownMicros();
    long kafka = ProcessorTime.micros(kafkaPid);
    Runs.await("all records", () -> count(processed) >= all);
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Worked(
        document + (byHand ? ", by hand" : ", document"),
        Orders.COUNT / seconds,
        (double) (Contender.ownMicros() - own) / Orders.COUNT,
        (double) (ProcessorTime.micros(kafkaPid) - kafka) / Orders.COUNT);
  }

  private static long count(Metric processed) {
    return ((Number) processed.metricValue()).longValue();
  }

  private static Metric processed(KafkaStreams streams) {
    return streams.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("process-total"))
        .filter(metric -> metric.getKey().group().equals("stream-thread-metrics"))
        .map(metric -> (Metric) metric.getValue())
        .findFirst()
        .orElseThrow();
  }
}
