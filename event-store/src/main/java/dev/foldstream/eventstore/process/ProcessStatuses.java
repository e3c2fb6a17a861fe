package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processes need help and how many there are of each kind, in all instances: follows the
 * status topics from their beginning. Behind by what was committed in the last moment.
 */
public final class ProcessStatuses implements AutoCloseable {

  /** Processes of one type that are listed; more are counted only. */
  public static final int MAX_LISTED = 10_000;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(ProcessStatuses.class);

  private final String bootstrapServers;
  private final ProcessWire wire;
  private final Map<String, Status> byTopic = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable String failure;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  /** What is known of one type. */
  private static final class Status {
    private final Map<String, HelplessProcess> helpless = new ConcurrentSkipListMap<>();
    private final Map<Integer, ProcessSummary> summaries = new ConcurrentHashMap<>();
  }

  /**
   * Reads nothing before its start.
   *
   * @param applications the types that are followed, whether or not this instance runs them
   */
  public ProcessStatuses(
      String bootstrapServers, Collection<ProcessApplication> applications, ProcessWire wire) {
    this.bootstrapServers = bootstrapServers;
    this.wire = wire;
    for (ProcessApplication application : applications) {
      byTopic.put(topic(application), new Status());
    }
    this.thread = Thread.ofVirtual().name("foldstream-process-statuses").unstarted(this::run);
  }

  /** Returns at once. */
  public void start() {
    thread.start();
  }

  /** Those that need help, in order of id. */
  public List<HelplessProcess> helpless(ProcessApplication application) {
    return List.copyOf(status(application).helpless.values());
  }

  /** One that needs help. */
  public Optional<HelplessProcess> find(ProcessApplication application, String processId) {
    return Optional.ofNullable(status(application).helpless.get(processId));
  }

  /** Whether there may be more than are listed. */
  public boolean full(ProcessApplication application) {
    return status(application).helpless.size() >= MAX_LISTED;
  }

  /** How many there are, in all partitions that have any. */
  public List<ProcessSummary> summaries(ProcessApplication application) {
    return List.copyOf(status(application).summaries.values());
  }

  /** Why nothing can be read now, or null. */
  public @Nullable String failure() {
    return failure;
  }

  private Status status(ProcessApplication application) {
    Status status = byTopic.get(topic(application));
    if (status == null) {
      throw new IllegalArgumentException(application.name() + " is not followed");
    }
    return status;
  }

  private static String topic(ProcessApplication application) {
    return TopicNames.status(application.domain(), application.process().name());
  }

  private void run() {
    while (!stopped && !byTopic.isEmpty()) {
      try (Consumer<byte[], byte[]> consumer = consumer()) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException _) {
        LOG.debug("The statuses of processes are read no more");
      } catch (RuntimeException failed) {
        failure = String.valueOf(failed);
        LOG.warn("The statuses of processes cannot be read; tried again: {}", failure);
        pause();
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    var partitions = new ArrayList<TopicPartition>();
    for (String topic : byTopic.keySet()) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (!stopped) {
      consumer.poll(POLL).forEach(this::apply);
      failure = null;
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    Status status = byTopic.get(record.topic());
    if (status == null || record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      status.helpless.remove(key);
    } else if (key.startsWith(ProcessWriter.SUMMARY)) {
      ProcessSummary summary = wire.summaries().decode(record.value());
      status.summaries.put(summary.partition(), summary);
    } else if (status.helpless.size() < MAX_LISTED || status.helpless.containsKey(key)) {
      status.helpless.put(key, wire.helpless().decode(record.value()));
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-process-statuses");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
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
