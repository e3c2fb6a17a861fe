package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.OutcomeHeaders;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each caller the outcome it waits for.
 *
 * <ol>
 *   <li>One thread reads all partitions of all outcomes topics, committed records only, from the
 *       time it started.
 *   <li>Whoever expects an outcome before sending its command gets it, however quick the answer is.
 *   <li>Only what somebody waits for is decoded.
 *   <li>It heals by itself from an outage of the broker, and goes on where it was.
 * </ol>
 */
public final class OutcomeReader implements AutoCloseable {

  static final Duration POLL = Duration.ofMillis(100);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeReader.class);

  private final String bootstrapServers;
  private final Map<String, Topic> topics = new HashMap<>();
  private final OutcomeCodec codec;
  private final ExpectedOutcomes expected;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable String failure;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  private record Topic(String domain, String aggregate) {}

  /**
   * A reader that is not started.
   *
   * @param maxWaiting how many may wait at once; one more is refused
   */
  public OutcomeReader(
      String bootstrapServers, Collection<Domain> domains, OutcomeCodec codec, int maxWaiting) {
    this.bootstrapServers = bootstrapServers;
    this.codec = codec;
    this.expected = new ExpectedOutcomes(maxWaiting);
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
          topics.put(
              TopicNames.outcomes(domain.name(), aggregate.name()),
              new Topic(domain.name(), aggregate.name()));
        }
      }
    }
    this.thread = Thread.ofPlatform().daemon().name("outcome-reader").unstarted(this::run);
  }

  /**
   * Returns when every outcome from now on will be seen.
   *
   * @throws KafkaUnreachableException when that takes longer than given
   */
  public void start(Duration within) {
    thread.start();
    try {
      if (!positioned.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KafkaUnreachableException(
            "find the ends of the outcomes topics",
            within,
            new IllegalStateException(String.valueOf(failure)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException("start to read outcomes", within, interrupted);
    }
  }

  /**
   * Expects the outcome of a command, or the answer to a look-up; to be closed by whoever asked.
   *
   * @param answerId the id of the command, or of the look-up
   * @throws TooManyWaitingException when the bound is reached
   */
  public ExpectedOutcome expect(StreamName stream, String answerId) {
    return expected.expect(stream, answerId);
  }

  /** How many wait. */
  public int waiting() {
    return expected.size();
  }

  /** What keeps it from reading, or null when it reads. */
  public @Nullable String failure() {
    if (failure != null) {
      return failure;
    }
    return thread.isAlive() ? null : "the reader is not running";
  }

  private void run() {
    while (!stopped) {
      try (var consumer = consumer()) {
        current = consumer;
        position(consumer);
        while (!stopped) {
          take(consumer.poll(POLL));
          failure = null;
        }
      } catch (WakeupException stopping) {
        LOG.debug("The outcome reader was woken to stop");
      } catch (KafkaException | IllegalStateException failed) {
        failure = String.valueOf(failed.getMessage());
        LOG.warn("Reading outcomes failed and is tried again: {}", failure);
        pause();
      } finally {
        current = null;
      }
    }
  }

  private void position(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    consumer.assign(partitions);
    if (positions.isEmpty()) {
      positions.putAll(consumer.endOffsets(partitions));
    }
    positions.forEach(consumer::seek);
    positioned.countDown();
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    var partitions = new ArrayList<TopicPartition>();
    for (String topic : topics.keySet()) {
      for (var info : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    }
    return partitions;
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      take(record);
    }
    records.nextOffsets().forEach((partition, next) -> positions.put(partition, next.offset()));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Topic topic = topics.get(record.topic());
    String answerId = OutcomeHeaders.answerId(record.headers());
    if (topic == null || answerId == null || record.key() == null || record.value() == null) {
      return;
    }
    var stream =
        new StreamName(
            topic.domain(), topic.aggregate(), new String(record.key(), StandardCharsets.UTF_8));
    expected.complete(stream, answerId, () -> codec.decode(record.value()));
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-outcomes");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped = true;
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
