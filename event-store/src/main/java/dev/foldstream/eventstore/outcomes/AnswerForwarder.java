package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.AnswerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes committed outcomes on to the instances that wait for them. An answer keeps value and
 * headers of its outcome; its key is {@code <outcomes topic>/<aggregate id>}. One that cannot be
 * passed on in time is given up: its caller asks again.
 */
final class AnswerForwarder implements AutoCloseable {

  /** The reader of outcomes stands still for so long at most, when Kafka takes nothing. */
  static final Duration BLOCKED_AT_MOST = Duration.ofSeconds(1);

  static final Duration DELIVERED_WITHIN = Duration.ofSeconds(10);
  static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private static final int REQUEST_TIMEOUT_MILLIS = 4_000;
  private static final Logger LOG = LoggerFactory.getLogger(AnswerForwarder.class);

  private final Producer<byte[], byte[]> producer;
  private final OutcomeCounts counts;

  AnswerForwarder(String bootstrapServers, OutcomeCounts counts) {
    this.counts = counts;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "foldstream-answers");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RecordLimits.MAX_REQUEST_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_AT_MOST.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERED_WITHIN.toMillis());
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends and does not wait.
   *
   * @param done is run once, when the answer is stored or given up
   */
  void forward(ConsumerRecord<byte[], byte[]> outcome, AnswerAddress to, Runnable done) {
    var answer =
        new ProducerRecord<>(
            TopicNames.ANSWERS,
            to.partition(),
            null,
            key(outcome.topic(), outcome.key()),
            outcome.value(),
            outcome.headers());
    try {
      var _ =
          producer.send(
              answer,
              (stored, failed) -> {
                done.run();
                tell(failed);
              });
    } catch (KafkaException failed) {
      done.run();
      tell(failed);
    }
  }

  private void tell(@Nullable Exception failed) {
    if (failed == null) {
      counts.forwarded.increment();
    } else {
      counts.givenUp.increment();
      LOG.debug("An answer was not passed on; its caller asks again: {}", failed.getMessage());
    }
  }

  private static byte[] key(String topic, byte[] id) {
    byte[] prefix = (topic + "/").getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(prefix, prefix.length + id.length);
    System.arraycopy(id, 0, key, prefix.length, id.length);
    return key;
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
  }
}
