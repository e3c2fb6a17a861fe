package dev.foldstream.eventstore.streams;

import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.eventstore.topics.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What Kafka Streams and its clients are told; nothing that matters is left to a default.
 *
 * @param stateDirectory of this instance alone
 * @param groupProtocol {@link #STREAMS} or {@link #CLASSIC}; a live group is never moved from one
 *     to the other
 * @param standbys copies of each store on other instances, 0 to {@link #MAX_STANDBYS}: they spare
 *     the restoration, not the wait for the session
 */
public record StreamsSettings(
    String bootstrapServers,
    Path stateDirectory,
    TopicSettings topics,
    String groupProtocol,
    int standbys) {

  public static final String STREAMS = "streams";
  public static final String CLASSIC = "classic";

  /**
   * How long a killed instance keeps its partitions; also bounds how long its transactions block.
   */
  public static final Duration SESSION = Duration.ofSeconds(3);

  public static final Duration HEARTBEAT = Duration.ofMillis(500);

  /** With a commit on idle: the most work in one transaction, not what a lone caller waits for. */
  public static final Duration COMMIT_INTERVAL = Duration.ofMillis(50);

  /**
   * A commit sends what waits at once, so nobody waits that long; without it each transaction pays
   * for a request with its first record alone, and the next one waits for that.
   */
  private static final Duration LINGER = Duration.ofMillis(5);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /**
   * A batch is of no use once its transaction has timed out; giving up soon heals an outage soon.
   */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(6);

  private static final Duration TASK_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration PROBING = Duration.ofMinutes(1);

  /** A close that takes longer leaves its last transaction to be aborted. */
  public static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  /** What a broker allows unless {@code group.streams.max.standby.replicas} is raised. */
  public static final int MAX_STANDBYS = 2;

  public StreamsSettings {
    if (standbys < 0 || standbys > MAX_STANDBYS) {
      throw new IllegalArgumentException(
          "a store has 0 to %d standbys; found %d".formatted(MAX_STANDBYS, standbys));
    }
    if (!groupProtocol.equals(STREAMS) && !groupProtocol.equals(CLASSIC)) {
      throw new IllegalArgumentException(
          "the group protocol is %s or %s; found %s".formatted(STREAMS, CLASSIC, groupProtocol));
    }
  }

  public boolean streamsProtocol() {
    return groupProtocol.equals(STREAMS);
  }

  /** Leaves the group, so that other instances take over at once. */
  public static CloseOptions leaving() {
    return CloseOptions.timeout(CLOSE_WITHIN)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }

  /** The settings of one application. */
  public Properties of(String applicationId) {
    var all = new Properties();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
    all.put(StreamsConfig.POLL_MS_CONFIG, 1L);
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, groupProtocol);
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.replicationFactor());
    all.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT.toMillis());
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    all.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    all.put(
        StreamsConfig.topicPrefix("min.insync.replicas"),
        Short.toString(topics.minInSyncReplicas()));
    if (streamsProtocol()) {
      all.put(PatientConsumer.SETTING, PatientConsumer.class.getName());
    }
    producer(all);
    consumer(all);
    return all;
  }

  private static void producer(Properties all) {
    producer(all, ProducerConfig.LINGER_MS_CONFIG, (int) LINGER.toMillis());
    producer(all, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer(all, ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
    producer(all, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2);
    // More in flight lets a batch pass one that is refused while the last transaction's markers are
    // still being written.
    producer(all, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    producer(all, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) SESSION.toMillis());
    producer(all, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    producer(all, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    producer(all, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RecordLimits.MAX_REQUEST_BYTES);
  }

  private void consumer(Properties all) {
    consumer(all, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    consumer(all, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    consumer(all, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    if (!streamsProtocol()) {
      consumer(all, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
      consumer(all, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
      // The classic assignor piles tasks on one instance after crashes until it probes again.
      all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING.toMillis());
    }
  }

  private static void producer(Properties all, String name, Object value) {
    all.put(StreamsConfig.producerPrefix(name), value);
  }

  private static void consumer(Properties all, String name, Object value) {
    all.put(StreamsConfig.mainConsumerPrefix(name), value);
  }
}
