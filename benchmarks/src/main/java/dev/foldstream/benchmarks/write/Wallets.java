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

/** The wallets of the benchmark on a real broker, decided in this JVM. */
final class Wallets implements AutoCloseable {

  static final String TOPIC = TopicNames.commands(WalletDomain.NAME, WalletDomain.WALLET);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_WAITING = 10_000;

  private final WalletDomain domain = new WalletDomain();
  private final DecisionSettings settings;
  private final DecisionWire wire;
  private final KafkaProducer<byte[], byte[]> producer;
  private final OutcomeReader outcomes;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicLong commands = new AtomicLong();
  private DecisionApplication application;

  Wallets(String servers, URI registry, Path state) {
    wire = DecisionWire.of(new ConfluentSchemaRegistry(registry), SchemaFiles.of(domain));
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.prepare(admin, List.of(domain), TopicSettings.SINGLE_BROKER);
    }
    settings = DecisionSettings.of(servers, state, TopicSettings.SINGLE_BROKER);
    application = new DecisionApplication(domain, WalletDomain.wallet(), wire, settings);
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

  void startOutcomes() {
    outcomes.start(PATIENCE);
  }

  /** Returns when every partition is decided here. */
  void startDecisions() throws InterruptedException {
    application.start();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (application.health().state() != DecisionHealth.State.RUNNING) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("wanted to decide within " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  void stopDecisions() {
    application.close();
    application = new DecisionApplication(domain, WalletDomain.wallet(), wire, settings);
  }

  /** How many commands were accepted since the decisions were started. */
  long accepted() {
    return application.counts().accepted();
  }

  /** Sends a command and waits for its outcome. */
  void add(int aggregate) throws Exception {
    String id = "wallet-" + aggregate;
    var stream = new StreamName(WalletDomain.NAME, WalletDomain.WALLET, id);
    String commandId = run + "-" + commands.incrementAndGet();
    try (var expected = outcomes.expect(stream, commandId)) {
      var _ = producer.send(record(stream, commandId));
      Outcome outcome = expected.outcome().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!(outcome instanceof Outcome.Accepted)) {
        throw new IllegalStateException("wanted an accepted command; found " + outcome);
      }
    }
  }

  /** Sends commands for nobody to wait for, spread over so many wallets. */
  void queue(int count, int aggregates) {
    for (int i = 0; i < count; i++) {
      var stream =
          new StreamName(
              WalletDomain.NAME, WalletDomain.WALLET, "wallet-" + i * 7919L % aggregates);
      var _ = producer.send(record(stream, run + "-" + commands.incrementAndGet()));
    }
    producer.flush();
  }

  private ProducerRecord<byte[], byte[]> record(StreamName stream, String commandId) {
    var headers = new RecordHeaders();
    CommandHeaders.of(commandId, "bench.wallet.Add", Instant.now())
        .write(headers, Sources.of(stream));
    byte[] value = wire.codec().encode(TOPIC, new Add(7, WalletDomain.NOTE));
    byte[] key = stream.id().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(TOPIC, null, null, key, value, headers);
  }

  @Override
  public void close() {
    application.close();
    outcomes.close();
    producer.close(Duration.ofSeconds(5));
  }
}
