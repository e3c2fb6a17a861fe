package dev.foldstream.benchmarks.topologies;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.commerce.order.OrderEvent;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
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
 * Orders of two lines, a tenth of them of 1,000 and more, 200 articles, ten minutes in all; with
 * the headers that the decision topology writes, and in transactions.
 */
final class Orders {

  static final String TOPIC = TopicNames.events("commerce", "order");
  static final int PARTITIONS = 6;
  static final int COUNT = 300_000;
  static final int LINES = 2;

  private static final int ARTICLES = 200;
  private static final int CUSTOMERS = 5_000;
  private static final int MILLIS_BETWEEN = 2;
  private static final int ORDERS_A_TRANSACTION = 1_000;
  private static final Instant FIRST = Instant.parse("2026-01-05T08:00:00Z");

  private final String servers;
  private final WireCodec codec;
  private final SplittableRandom random = new SplittableRandom(1);
  private final long[] sequences = new long[PARTITIONS];

  Orders(String servers, String registry) {
    this.servers = servers;
    this.codec =
        new WireCodec(
            new ConfluentSchemaRegistry(URI.create(registry)),
            SchemaFiles.of(new CommerceDomain()));
  }

  /** Does nothing when they are there. */
  void writeOnce() throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
      if (admin.listTopics().names().get().contains(TOPIC)) {
        return;
      }
      var topic = new NewTopic(TOPIC, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"));
      admin.createTopics(List.of(topic)).all().get();
    }
    codec.register(TOPIC, OrderEvent.class);
    write(0, COUNT);
  }

  /** Those of these numbers; the count is one of whole transactions. */
  void write(int from, int to) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BATCH_SIZE_CONFIG,
            131_072,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "orders");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int i = from; i < to; i++) {
        if (i % ORDERS_A_TRANSACTION == 0) {
          producer.beginTransaction();
        }
        var _ = producer.send(record(i));
        if ((i + 1) % ORDERS_A_TRANSACTION == 0) {
          producer.commitTransaction();
        }
      }
    }
  }

  private ProducerRecord<byte[], byte[]> record(int i) {
    int partition = i % PARTITIONS;
    String id = "order-" + i;
    String command = new UUID(random.nextLong(), random.nextLong()).toString();
    Instant time = FIRST.plusMillis((long) i * MILLIS_BETWEEN);
    var record =
        new ProducerRecord<>(
            TOPIC,
            partition,
            time.toEpochMilli(),
            id.getBytes(UTF_8),
            codec.encode(TOPIC, order(i)));
    long sequence = ++sequences[partition];
    new EventHeaders(
            command + ":1",
            "commerce.order.OrderPlaced",
            time,
            sequence,
            1,
            new Metadata(command, command, command, Metadata.ANONYMOUS),
            sequence,
            null)
        .write(record.headers(), Sources.of("commerce", "order", id));
    return record;
  }

  private OrderPlaced order(int i) {
    BigDecimal price = BigDecimal.valueOf(i % 10 == 0 ? 60_000 + i % 997 : 1_000 + i % 997, 2);
    var one = new OrderLine("article-" + random.nextInt(ARTICLES), 1, price);
    var other = new OrderLine("article-" + random.nextInt(ARTICLES), 1, price);
    BigDecimal total = price.multiply(BigDecimal.valueOf(LINES));
    String customer = "customer-" + random.nextInt(CUSTOMERS);
    return new OrderPlaced(customer, "EUR", List.of(one, other), total);
  }
}
