package dev.foldstream.projector.projection;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the consumers of the log, with every setting that matters written out. */
public final class LogConsumers {

  private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration API_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration FETCH_MAX_WAIT = Duration.ofMillis(500);
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);
  private static final int FETCH_MAX_BYTES = 16 * 1024 * 1024;
  private static final int PARTITION_FETCH_BYTES = 2 * 1024 * 1024;

  /** A rebalance is heard of at a heartbeat, and partitions that move stand still until then. */
  private static final int HEARTBEATS_A_SESSION = 10;

  private final String bootstrapServers;
  private final ProjectorSettings settings;

  public LogConsumers(String bootstrapServers, ProjectorSettings settings) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
  }

  /** A consumer that belongs to the caller. */
  public Consumer<byte[], byte[]> consumer(String groupId, String clientId) {
    var properties = new Properties();
    properties.putAll(connection(clientId));
    properties.putAll(reading());
    properties.putAll(membership(groupId));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A consumer that belongs to no group. */
  Consumer<byte[], byte[]> reader(String clientId) {
    var properties = new Properties();
    properties.putAll(connection(clientId));
    properties.putAll(reading());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> connection(String clientId) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ConsumerConfig.CLIENT_ID_CONFIG,
        clientId,
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        millis(REQUEST_TIMEOUT),
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        millis(API_TIMEOUT),
        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
        RECONNECT_MAX.toMillis(),
        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
        false);
  }

  /** Positions are ours: without one, or with one that is gone, nothing is read. */
  private Map<String, Object> reading() {
    return Map.of(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "none",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.CHECK_CRCS_CONFIG,
        true,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        settings.batchSize(),
        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
        1,
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
        millis(FETCH_MAX_WAIT),
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        FETCH_MAX_BYTES,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        PARTITION_FETCH_BYTES);
  }

  private Map<String, Object> membership(String groupId) {
    return Map.of(
        ConsumerConfig.GROUP_ID_CONFIG, groupId,
        ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic",
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName(),
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(settings.sessionTimeout()),
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            millis(settings.sessionTimeout().dividedBy(HEARTBEATS_A_SESSION)),
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(MAX_POLL_INTERVAL));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
