package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.OutcomeHeaders;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each caller the outcome it waits for. There are two kinds of readers.
 *
 * <p>One that stands alone reads all partitions of all outcomes topics from the time it started.
 *
 * <p>One of many that {@link #sharing share} the work reads the outcomes that its own instance
 * decides, so each is read once in the cluster. Those that another instance waits for it passes on
 * to the answers topic, of which each instance reads one partition. So what an instance reads grows
 * with what it decides and with what its own callers ask, and not with the number of instances.
 *
 * <ol>
 *   <li>Only committed outcomes are told.
 *   <li>Whoever expects an outcome before sending its command gets it, however quick the answer is.
 *   <li>Only what somebody waits for here is decoded.
 *   <li>It heals by itself from an outage of the broker, and goes on where it was.
 *   <li>An outcome is passed on at least once, and told at most once to each who waits. When a
 *       partition moves, the next owner begins where the last one had told everything.
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
  private final ReadPartitions partitions;
  private final @Nullable PassingOn passingOn;
  private final OutcomeCounts counts = new OutcomeCounts();
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable String failure;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  private record Topic(String domain, String aggregate) {}

  /**
   * A reader of all outcomes, not started.
   *
   * @param maxWaiting how many may wait at once; one more is refused
   */
  public OutcomeReader(
      String bootstrapServers, Collection<Domain> domains, OutcomeCodec codec, int maxWaiting) {
    this(bootstrapServers, domains, codec, maxWaiting, null);
  }

  private OutcomeReader(
      String bootstrapServers,
      Collection<Domain> domains,
      OutcomeCodec codec,
      int maxWaiting,
      @Nullable Share share) {
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
    if (share == null) {
      this.passingOn = null;
      this.partitions = new AllPartitions(topics.keySet());
    } else {
      this.passingOn = new PassingOn(bootstrapServers, share, counts);
      this.partitions = passingOn.partitions();
    }
    this.thread = Thread.ofPlatform().daemon().name("outcome-reader").unstarted(this::run);
  }

  /**
   * What a reader that shares the work must know.
   *
   * @param decided the partitions of outcomes topics that this instance writes now
   * @param longestWait how long a caller may wait for an outcome
   */
  public record Share(Supplier<Set<TopicPartition>> decided, Duration longestWait) {}

  /** A reader that shares the work with those of other instances, not started. */
  public static OutcomeReader sharing(
      String bootstrapServers,
      Collection<Domain> domains,
      OutcomeCodec codec,
      int maxWaiting,
      Share share) {
    return new OutcomeReader(bootstrapServers, domains, codec, maxWaiting, share);
  }

  /**
   * Lets the outcome of a command with these headers find its way back here.
   *
   * @throws IllegalStateException when the reader was not started
   */
  public void writeAddress(Headers command) {
    if (passingOn != null) {
      passingOn.address().write(command);
    }
  }

  public OutcomeCounts counts() {
    return counts;
  }

  /** The partitions that are read now; empty when all are. */
  public Set<TopicPartition> reads() {
    return passingOn == null ? Set.of() : passingOn.partitions().assigned();
  }

  /**
   * Returns when every outcome from now on will be seen; may be called again when it was not.
   *
   * @throws KafkaUnreachableException when that takes longer than given
   */
  public void start(Duration within) {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
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

  /** From the brokers, since the current consumer was made; 0 while there is none. */
  long bytesFetched() {
    Consumer<byte[], byte[]> consumer = current;
    if (consumer == null) {
      return 0;
    }
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("incoming-byte-total"))
        .filter(metric -> metric.metricName().group().equals("consumer-metrics"))
        .mapToLong(metric -> ((Double) metric.metricValue()).longValue())
        .sum();
  }

  private void run() {
    while (!stopped) {
      try (var consumer = consumer()) {
        current = consumer;
        begin(consumer);
        while (!stopped) {
          partitions.follow(consumer);
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

  private void begin(Consumer<byte[], byte[]> consumer) {
    if (passingOn != null) {
      passingOn.begin(consumer);
    }
    partitions.begin(consumer);
    positioned.countDown();
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.key() != null && record.value() != null) {
        take(record);
      }
    }
    partitions.taken(records.nextOffsets());
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(TopicNames.ANSWERS)) {
      counts.answersRead.increment();
      takeAnswer(record);
      return;
    }
    counts.read.increment();
    if (passingOn == null || !passingOn.passOn(record)) {
      complete(record.topic(), new String(record.key(), StandardCharsets.UTF_8), record);
    }
  }

  private void takeAnswer(ConsumerRecord<byte[], byte[]> answer) {
    String key = new String(answer.key(), StandardCharsets.UTF_8);
    int slash = key.indexOf('/');
    if (slash > 0 && passingOn != null && passingOn.address().isIn(answer.headers())) {
      complete(key.substring(0, slash), key.substring(slash + 1), answer);
    }
  }

  private void complete(String outcomesTopic, String id, ConsumerRecord<byte[], byte[]> record) {
    Topic topic = topics.get(outcomesTopic);
    String answerId = OutcomeHeaders.answerId(record.headers());
    if (topic != null && answerId != null) {
      var stream = new StreamName(topic.domain(), topic.aggregate(), id);
      expected.complete(stream, answerId, () -> codec.decode(record.value()));
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-outcomes");
    if (passingOn != null) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, PassingOn.GROUP);
    }
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
      if (thread.getState() != Thread.State.NEW) {
        thread.join(CLOSE_WITHIN);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (passingOn != null) {
      passingOn.close();
    }
  }
}
