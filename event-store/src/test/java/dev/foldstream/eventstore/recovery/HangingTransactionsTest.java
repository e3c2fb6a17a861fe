package dev.foldstream.eventstore.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.counter.CommittedRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** On a real broker, whose check of transactions is off while a hanging one is made up. */
@Isolated("changes a setting of the broker")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HangingTransactionsTest {

  private static final Duration OLDEST_ALIVE = Duration.ofSeconds(1);
  private static final String CHECK = "transaction.partition.verification.enable";
  private static final byte[] VALUE = {1};

  private final String servers = DevServices.shared().kafka().bootstrapServers();
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
  private final String topic = "hanging-" + UUID.randomUUID();
  private final TopicPartition first = new TopicPartition(topic, 0);
  private final TopicPartition second = new TopicPartition(topic, 1);
  private final HangingTransactions transactions = new HangingTransactions(admin, OLDEST_ALIVE);

  @BeforeEach
  void make_the_topic() throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void one_that_no_coordinator_knows_is_aborted_and_readers_go_on() throws Exception {
    leaveOpen(first);
    try (var producer = producer(Map.of())) {
      var _ = producer.send(new ProducerRecord<>(topic, 0, null, VALUE)).get();
    }
    assertThat(committedEnd(first)).as("readers wait").isZero();
    transactions.abort(List.of(topic, "there-is-no-such-topic"));
    Awaitility.await().until(() -> committedEnd(first) >= 2);
  }

  @Test
  void one_of_a_healthy_producer_is_left_alone_even_beside_a_hanging_one() throws Exception {
    try (var producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      var _ = producer.send(new ProducerRecord<>(topic, 0, null, VALUE)).get();
      leaveOpen(second);
      transactions.abort(List.of(topic));
      Awaitility.await().until(() -> committedEnd(second) >= 1);
      assertThat(committedEnd(first)).as("its own, still open").isZero();
      producer.commitTransaction();
    }
    Awaitility.await().until(() -> committedEnd(first) == 2);
  }

  @Test
  void where_nothing_is_open_nothing_is_waited_for() throws Exception {
    try (var producer = producer(Map.of())) {
      var _ = producer.send(new ProducerRecord<>(topic, 0, null, VALUE)).get();
    }
    new HangingTransactions(admin, Duration.ofDays(1)).abort(List.of(topic));
    assertThat(committedEnd(first)).isEqualTo(1);
  }

  @Test
  void what_a_producer_left_open_is_not_committed_by_its_next_transaction() throws Exception {
    Map<String, Object> settings = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
    try (var earlier = producer(settings)) {
      earlier.initTransactions();
    }
    leaveOpen(first, id(topic));
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    try (var producer = SettledProducer.clients(List.of(topic)).getProducer(all)) {
      producer.initTransactions();
      producer.beginTransaction();
      var sent = producer.send(new ProducerRecord<>(topic, 0, null, VALUE)).get();
      producer.commitTransaction();
      Awaitility.await().until(() -> committedEnd(first) > sent.offset());
      assertThat(CommittedRecords.of(topic))
          .extracting(r -> r.offset())
          .containsOnly(sent.offset());
    }
  }

  private long id(String transactionalId) throws Exception {
    return admin
        .describeTransactions(List.of(transactionalId))
        .description(transactionalId)
        .get()
        .producerId();
  }

  private void leaveOpen(TopicPartition partition) throws Exception {
    leaveOpen(partition, 900_000_000L + partition.partition());
  }

  private void leaveOpen(TopicPartition partition, long producerId) throws Exception {
    check("false");
    try {
      Awaitility.await()
          .ignoreException(IllegalStateException.class)
          .until(() -> written(partition, producerId));
    } finally {
      check("true");
    }
  }

  private boolean written(TopicPartition partition, long producerId) throws IOException {
    LeftOpenTransaction.write(servers, partition, producerId);
    return true;
  }

  private void check(String value) throws Exception {
    var brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
    var change = new AlterConfigOp(new ConfigEntry(CHECK, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(brokers, List.of(change))).all().get();
  }

  private long committedEnd(TopicPartition partition) throws Exception {
    return admin
        .listOffsets(
            Map.of(partition, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
