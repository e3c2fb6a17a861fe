package dev.foldstream.eventstore.counter;

import static dev.foldstream.eventstore.counter.CounterDomain.COUNTER;

import dev.foldstream.devservices.DevServices;
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
import dev.foldstream.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A counter domain on the real broker and registry, with a caller. */
public final class CounterSystem implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(60);
  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final CounterDomain domain;
  private final DecisionWire wire;
  private final KafkaProducer<byte[], byte[]> producer;
  private final OutcomeReader reader;

  public CounterSystem(CounterDomain domain) {
    this.domain = domain;
    this.wire = DecisionWire.of(registry(), SchemaFiles.of(domain));
    try (var admin = admin()) {
      TopicSetup.prepare(admin, List.of(domain), TopicSettings.SINGLE_BROKER);
    }
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                60_000,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.reader = new OutcomeReader(bootstrapServers(), List.of(domain), wire.outcomes(), 10_000);
    reader.start(Duration.ofSeconds(30));
  }

  public static String bootstrapServers() {
    return DevServices.shared().kafka().bootstrapServers();
  }

  public static SchemaRegistry registry() {
    return new ConfluentSchemaRegistry(URI.create(DevServices.shared().registry().url()));
  }

  public static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** An instance of the decision application, with a state directory of its own. */
  public DecisionApplication application(CounterDomain version) {
    return application(version, DecisionSettings.STREAMS);
  }

  public DecisionApplication application(CounterDomain version, String groupProtocol) {
    Path state = Path.of("target", "state", UUID.randomUUID().toString());
    var settings =
        new DecisionSettings(
            bootstrapServers(),
            state,
            TopicSettings.SINGLE_BROKER,
            groupProtocol,
            DecisionSettings.REMEMBER,
            0);
    var application = new DecisionApplication(version, version.counter(), wire, settings);
    application.registerSchemas();
    return application;
  }

  public DecisionApplication started() {
    return started(application(domain));
  }

  public static DecisionApplication started(DecisionApplication application) {
    application.start();
    awaitRunning(application);
    return application;
  }

  public static void awaitRunning(DecisionApplication application) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                application.health().state() == DecisionHealth.State.RUNNING
                    && !application.health().partitions().isEmpty());
  }

  public DecisionWire wire() {
    return wire;
  }

  public CounterDomain domain() {
    return domain;
  }

  public OutcomeReader reader() {
    return reader;
  }

  public String commandsTopic() {
    return TopicNames.commands(domain.name(), COUNTER);
  }

  public String eventsTopic() {
    return TopicNames.events(domain.name(), COUNTER);
  }

  public String quarantineTopic() {
    return TopicNames.quarantine(domain.name(), COUNTER);
  }

  public StreamName stream(String id) {
    return new StreamName(domain.name(), COUNTER, id);
  }

  public Outcome send(String id, CounterCommand command, String commandId) {
    return await(sendAsync(id, command, commandId, null));
  }

  public Outcome send(
      String id, CounterCommand command, String commandId, @Nullable Long expectedVersion) {
    return await(sendAsync(id, command, commandId, expectedVersion));
  }

  public CompletableFuture<Outcome> sendAsync(
      String id, CounterCommand command, String commandId, @Nullable Long expectedVersion) {
    var headers = new RecordHeaders();
    CommandHeaders.of(commandId, null, NOON)
        .expecting(expectedVersion)
        .write(headers, Sources.of(stream(id)));
    return send(
        new ProducerRecord<>(
            commandsTopic(), null, null, bytes(id), value((Record) command), headers),
        id,
        commandId);
  }

  public Outcome lookUp(String id, String commandId) {
    var headers = new RecordHeaders();
    String lookUp = UUID.randomUUID().toString();
    CommandHeaders.writeLookUp(headers, lookUp, commandId, Sources.of(stream(id)));
    return await(
        send(
            new ProducerRecord<>(commandsTopic(), null, null, bytes(id), new byte[0], headers),
            id,
            lookUp));
  }

  /** Sends a record as it is and expects an outcome under this id. */
  public CompletableFuture<Outcome> send(
      ProducerRecord<byte[], byte[]> record, String id, String answerId) {
    var expected = reader.expect(stream(id), answerId);
    var _ =
        producer.send(
            record,
            (stored, failed) -> {
              if (failed != null) {
                expected.outcome().completeExceptionally(failed);
              }
            });
    return expected.outcome().whenComplete((outcome, failed) -> expected.close());
  }

  /** Where Kafka put it. */
  public long sendPlain(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get(30, TimeUnit.SECONDS).offset();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  public byte[] value(Record command) {
    return wire.codec().encode(commandsTopic(), command);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static Outcome await(CompletableFuture<Outcome> outcome) {
    return outcome.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    reader.close();
    producer.close(Duration.ofSeconds(5));
  }
}
