package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.wallet.WalletCommand.Add;
import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.decision.DecisionHealth;
import dev.foldstream.eventstore.decision.DecisionSettings;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.OutcomeReader;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Foldstream with its callers in one JVM: commands onto their topic, decided, their outcomes read.
 *
 * <p>Arguments: bootstrap servers, the registry's URL, the state directory, the broker's pid, the
 * rounds.
 */
public final class InProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_WAITING = 10_000;
  private static final String TOPIC = TopicNames.commands(WalletDomain.NAME, WalletDomain.WALLET);

  private final DecisionWire wire;
  private final KafkaProducer<byte[], byte[]> producer;
  private final OutcomeReader outcomes;
  private final DecisionApplication application;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicLong commands = new AtomicLong();

  private InProcess(String servers, URI registry, Path state) {
    var domain = new WalletDomain();
    wire = DecisionWire.of(new ConfluentSchemaRegistry(registry), SchemaFiles.of(domain));
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.prepare(admin, List.of(domain), TopicSettings.SINGLE_BROKER);
    }
    application =
        new DecisionApplication(
            domain,
            WalletDomain.wallet(),
            wire,
            DecisionSettings.of(servers, state, TopicSettings.SINGLE_BROKER));
    application.registerSchemas();
    producer =
        new KafkaProducer<>(
            producerSettings(servers), new ByteArraySerializer(), new ByteArraySerializer());
    outcomes = new OutcomeReader(servers, List.of(domain), wire.outcomes(), MAX_WAITING);
  }

  private static Map<String, Object> producerSettings(String servers) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        servers,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        ProducerConfig.BATCH_SIZE_CONFIG,
        131_072,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "lz4");
  }

  public static void main(String[] arguments) throws Exception {
    try (var contender =
        new InProcess(arguments[0], URI.create(arguments[1]), Path.of(arguments[2]))) {
      contender.start();
      new Contender(
              "Foldstream, in process",
              contender::add,
              Thread.ofVirtual().factory(),
              Long.parseLong(arguments[3]),
              Contender.Rounds.parse(arguments[4]))
          .run();
    }
  }

  private void start() throws InterruptedException {
    outcomes.start(PATIENCE);
    application.start();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (application.health().state() != DecisionHealth.State.RUNNING) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("wanted to decide within " + PATIENCE);
      }
      Thread.sleep(100);
    }
  }

  private void add(int aggregate) throws Exception {
    String id = "wallet-" + aggregate;
    var stream = new StreamName(WalletDomain.NAME, WalletDomain.WALLET, id);
    String commandId = run + "-" + commands.incrementAndGet();
    var headers = new RecordHeaders();
    CommandHeaders.of(commandId, "bench.wallet.Add", Instant.now())
        .write(headers, Sources.of(stream));
    byte[] value = wire.codec().encode(TOPIC, new Add(7, WalletDomain.NOTE));
    try (var expected = outcomes.expect(stream, commandId)) {
      var _ =
          producer.send(
              new ProducerRecord<>(
                  TOPIC, null, null, id.getBytes(StandardCharsets.UTF_8), value, headers));
      Outcome outcome = expected.outcome().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!(outcome instanceof Outcome.Accepted)) {
        throw new IllegalStateException("wanted an accepted command; found " + outcome);
      }
    }
  }

  @Override
  public void close() {
    application.close();
    outcomes.close();
    producer.close(Duration.ofSeconds(5));
  }
}
