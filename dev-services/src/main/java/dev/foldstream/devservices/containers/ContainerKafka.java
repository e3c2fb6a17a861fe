package dev.foldstream.devservices.containers;

import dev.foldstream.devservices.parts.KafkaBroker;
import dev.foldstream.devservices.process.Ports;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container of Testcontainers, on a fixed port. */
final class ContainerKafka implements KafkaBroker {

  private static final int INNER_PORT = 9092;
  private static final int CLUSTER_ID_BYTES = 16;

  private final int port;
  private final String clusterId = newClusterId();
  private final ContainerServer server;

  ContainerKafka(Ports ports) {
    port = ports.of("kafka");
    server =
        new ContainerServer(
            part().title(),
            new KafkaContainer("apache/kafka:4.3.1"),
            port,
            INNER_PORT,
            environment(),
            Wait.forListeningPort());
  }

  /** Roles and listeners are Testcontainers' part. */
  private Map<String, String> environment() {
    var all = new HashMap<String, String>();
    all.put("CLUSTER_ID", clusterId);
    all.put("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    all.put("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1");
    all.put("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1");
    all.put("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");
    all.put("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1");
    all.put("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
    all.put("KAFKA_BROKER_SESSION_TIMEOUT_MS", "2000");
    all.put("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "200");
    all.put("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    all.put("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
    all.put("KAFKA_GROUP_STREAMS_INITIAL_REBALANCE_DELAY_MS", "0");
    all.put("KAFKA_GROUP_STREAMS_MIN_SESSION_TIMEOUT_MS", "1000");
    all.put("KAFKA_GROUP_STREAMS_MIN_HEARTBEAT_INTERVAL_MS", "200");
    all.put("KAFKA_GROUP_STREAMS_HEARTBEAT_INTERVAL_MS", "1000");
    all.put("KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MS", "1");
    all.put("KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MAX_MS", "5");
    all.put("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "200");
    return all;
  }

  /** Kafka writes a UUID in URL-safe Base64 without padding. */
  private static String newClusterId() {
    var bytes = new byte[CLUSTER_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    // A hyphen in front would be taken for an option.
    bytes[0] &= 0x7f;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String clusterId() {
    return clusterId;
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void kill() {
    server.signal("KILL");
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public long pid() {
    return server.pid();
  }

  /** The container goes, and its data with it. */
  @Override
  public void close() {
    server.remove();
  }
}
