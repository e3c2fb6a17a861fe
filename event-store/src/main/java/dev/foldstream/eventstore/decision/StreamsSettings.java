package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.topics.RecordLimits;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams and its clients are told; nothing that matters is left to a default. */
final class StreamsSettings {

  /**
   * How long a killed instance keeps its partitions; also bounds how long its transactions block.
   */
  static final Duration SESSION = Duration.ofSeconds(3);

  static final Duration HEARTBEAT = Duration.ofMillis(500);

  /** With a commit on idle: the most work in one transaction, not what a lone caller waits for. */
  static final Duration COMMIT_INTERVAL = Duration.ofMillis(50);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /**
   * A batch is of no use once its transaction has timed out; giving up soon heals an outage soon.
   */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(6);

  private static final Duration TASK_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration PROBING = Duration.ofMinutes(1);

  private StreamsSettings() {}

  static Properties of(String applicationId, DecisionSettings settings) {
    var all = new Properties();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
    all.put(StreamsConfig.POLL_MS_CONFIG, 1L);
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.topics().replicationFactor());
    all.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT.toMillis());
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    all.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    all.put(
        StreamsConfig.topicPrefix("min.insync.replicas"),
        Short.toString(settings.topics().minInSyncReplicas()));
    if (settings.streamsProtocol()) {
      all.put(PatientConsumer.SETTING, PatientConsumer.class.getName());
    }
    producer(all);
    consumer(all, settings);
    return all;
  }

  private static void producer(Properties all) {
    producer(all, ProducerConfig.LINGER_MS_CONFIG, 0);
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

  private static void consumer(Properties all, DecisionSettings settings) {
    consumer(all, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    consumer(all, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    consumer(all, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    if (!settings.streamsProtocol()) {
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
