package dev.foldstream.topologyservice.quarantine;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.topology.build.StepFailure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Stores what was set aside and what was done about it. Returns when it is stored: an event must
 * not be gone because the process ended in between. One that is stored twice has the same id.
 */
@Singleton
public final class QuarantineWriter implements AutoCloseable {

  static final String KIND = "foldstream-kind";
  static final String SET_ASIDE = "set-aside";
  static final String REDRIVEN = "redriven";

  private static final Duration STORED_WITHIN = Duration.ofSeconds(10);

  private final RecordJson json = new RecordJson();
  private final String bootstrapServers;
  private @Nullable Producer<byte[], byte[]> producer;

  QuarantineWriter(KafkaSettings kafka) {
    this.bootstrapServers = kafka.servers();
  }

  /** Throws when it cannot be stored; the event is then tried again. */
  public void store(String topology, int version, StepFailure failure) {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var setAside = SetAside.of(topology, version, failure, now);
    send(List.of(record(topology, setAside.id(), SET_ASIDE, setAside)));
  }

  /** All of them are on their way before the first is waited for. */
  void store(String topology, List<Redriven> redriven) {
    send(redriven.stream().map(one -> record(topology, one.id(), REDRIVEN, one)).toList());
  }

  private ProducerRecord<byte[], byte[]> record(
      String topology, String id, String kind, Record stored) {
    var record =
        new ProducerRecord<>(
            TopicNames.topologyQuarantine(topology), 0, bytes(id), bytes(json.text(stored)));
    record.headers().add(KIND, bytes(kind));
    return record;
  }

  /** Returns when all are stored. */
  void send(List<ProducerRecord<byte[], byte[]>> records) {
    Producer<byte[], byte[]> sending = producer();
    try {
      for (Future<RecordMetadata> sent : records.stream().map(sending::send).toList()) {
        var _ = sent.get(STORED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException failed) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "wanted to store %d records in %s; found %s"
              .formatted(records.size(), records.getFirst().topic(), failed.getMessage()),
          failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(stopping);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> known = producer;
    if (known == null) {
      known = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
      producer = known;
    }
    return known;
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "foldstream-topology-quarantine");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return settings;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  @PreDestroy
  public synchronized void close() {
    Producer<byte[], byte[]> known = producer;
    if (known != null) {
      known.close(STORED_WITHIN);
    }
  }
}
