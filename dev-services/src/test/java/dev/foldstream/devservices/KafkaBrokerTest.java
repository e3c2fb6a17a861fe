package dev.foldstream.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {

  private static final int RECORDS = 100;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaBroker kafka = DevServices.shared().kafka();

  @Test
  void a_committed_transaction_survives_a_kill_and_an_open_one_does_not() throws Exception {
    String clusterId = kafka.clusterId();
    create("survivors");
    try (var producer = producer("survivors-1");
        // Its open transaction cannot be ended in order once the broker is gone.
        AutoCloseable _ = () -> producer.close(Duration.ZERO)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "committed");
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, "open");
      producer.flush();
      kafka.kill();
      assertThat(kafka.isRunning()).isFalse();
    }
    kafka.start();
    assertThat(kafka.clusterId()).isEqualTo(clusterId);
    try (var heir = producer("survivors-1")) {
      heir.initTransactions();
    }
    assertThat(committed("survivors")).hasSize(RECORDS).containsOnly("committed");
  }

  @Test
  void transactions_of_version_two_are_on() throws Exception {
    try (var admin = admin()) {
      var features = admin.describeFeatures().featureMetadata().get(20, TimeUnit.SECONDS);
      assertThat(features.finalizedFeatures().get("transaction.version"))
          .isNotNull()
          .satisfies(version -> assertThat(version.maxVersionLevel()).isEqualTo((short) 2));
    }
  }

  @Test
  void a_stopped_broker_comes_back_on_its_address_and_refuses_a_taken_one() throws Exception {
    kafka.stop();
    assertThatThrownBy(kafka::pid).hasMessageContaining("not running");
    int port = Integer.parseInt(kafka.bootstrapServers().split(":", 2)[1]);
    try (var foreign = Foreign.listeningOn(port)) {
      assertThatThrownBy(kafka::start)
          .isInstanceOf(DevServiceException.class)
          .hasMessageContaining("127.0.0.1:" + foreign.port())
          .hasMessageContaining("another process");
    }
    kafka.start();
    try (var admin = admin()) {
      assertThat(admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS))
          .isEqualTo(kafka.clusterId());
    }
  }

  private void create(String topic) throws Exception {
    try (var admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private KafkaProducer<String, String> producer(String transactionalId) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "transactional.id",
            transactionalId,
            "max.block.ms",
            2_000,
            "acks",
            "all"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static void send(KafkaProducer<String, String> producer, String value) {
    for (int n = 0; n < RECORDS; n++) {
      var _ = producer.send(new ProducerRecord<>("survivors", value));
    }
  }

  private List<String> committed(String topic) {
    var partition = new TopicPartition(topic, 0);
    var found = new ArrayList<String>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long giveUp = System.nanoTime() + READ_TIMEOUT.toNanos();
      while (consumer.position(partition) < end && System.nanoTime() < giveUp) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
      }
      return found;
    }
  }
}
