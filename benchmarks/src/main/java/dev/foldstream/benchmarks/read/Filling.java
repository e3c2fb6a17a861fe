package dev.foldstream.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldstream.benchmarks.account.AccountDomain;
import dev.foldstream.benchmarks.account.AccountEvent;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the events twice: as the decision topology does, in transactions and with all headers, and
 * as JSON for who reads that. Both in transactions, so that nothing is lost unseen.
 */
final class Filling {

  static final String EVENTS = TopicNames.events(AccountDomain.NAME, AccountDomain.ACCOUNT);
  static final String JSON = "accounts-json";
  static final int PARTITIONS = 6;

  /** Is there when both are complete. */
  private static final String FILLED = "accounts-filled";

  /** What the decision topology commits at once under load. */
  private static final int EVENTS_A_TRANSACTION = 1_000;

  private final Changes changes = new Changes();
  private final String servers;
  private final WireCodec codec;

  private Filling(String servers, String registry) {
    this.servers = servers;
    this.codec = codec(registry);
  }

  static WireCodec codec(String registry) {
    return new WireCodec(
        new ConfluentSchemaRegistry(URI.create(registry)), SchemaFiles.of(new AccountDomain()));
  }

  /** Does nothing when all is there. */
  static void fillOnce(String servers, String registry)
      throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      var topics = admin.listTopics().names().get();
      if (topics.contains(FILLED)) {
        return;
      }
      if (topics.contains(EVENTS)) {
        throw new IllegalStateException(
            "wanted all events or none; found some that an earlier call left: use another directory");
      }
      var filling = new Filling(servers, registry);
      admin.createTopics(List.of(topic(EVENTS))).all().get();
      filling.events();
      admin.createTopics(List.of(topic(JSON))).all().get();
      filling.json();
      admin.createTopics(List.of(topic(FILLED))).all().get();
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"));
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    var settings = new HashMap<String, Object>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void events() {
    codec.register(EVENTS, AccountEvent.class);
    var random = new SplittableRandom(1);
    long[] sequences = new long[PARTITIONS];
    long[] versions = new long[Changes.ACCOUNTS];
    try (var producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "filling"))) {
      producer.initTransactions();
      for (int i = 0; i < Changes.EVENTS; i++) {
        if (i % EVENTS_A_TRANSACTION == 0) {
          producer.beginTransaction();
        }
        int account = changes.account(i);
        int partition = account % PARTITIONS;
        String command = new UUID(random.nextLong(), random.nextLong()).toString();
        var _ =
            producer.send(
                event(i, partition, ++sequences[partition], ++versions[account], command));
        if ((i + 1) % EVENTS_A_TRANSACTION == 0) {
          producer.commitTransaction();
        }
      }
    }
  }

  private ProducerRecord<byte[], byte[]> event(
      int i, int partition, long sequence, long version, String command) {
    String id = Changes.id(changes.account(i));
    var event = changes.event(i);
    var record =
        new ProducerRecord<>(
            EVENTS, partition, id.getBytes(UTF_8), codec.encode(EVENTS, (Record) event));
    new EventHeaders(
            command + ":1",
            "bank.account.Changed",
            Instant.now(),
            sequence,
            version,
            new Metadata(command, command, command, Metadata.ANONYMOUS),
            sequence,
            null)
        .write(record.headers(), Sources.of(AccountDomain.NAME, AccountDomain.ACCOUNT, id));
    return record;
  }

  private void json() {
    try (var producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "filling-json"))) {
      producer.initTransactions();
      for (int i = 0; i < Changes.EVENTS; i++) {
        if (i % EVENTS_A_TRANSACTION == 0) {
          producer.beginTransaction();
        }
        int account = changes.account(i);
        byte[] key = "{\"id\":\"%s\"}".formatted(Changes.id(account)).getBytes(UTF_8);
        var _ =
            producer.send(
                new ProducerRecord<>(
                    JSON, account % PARTITIONS, key, changes.json(i).getBytes(UTF_8)));
        if ((i + 1) % EVENTS_A_TRANSACTION == 0) {
          producer.commitTransaction();
        }
      }
    }
  }
}
