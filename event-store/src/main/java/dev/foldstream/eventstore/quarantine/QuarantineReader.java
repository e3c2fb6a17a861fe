package dev.foldstream.eventstore.quarantine;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
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
 * Reads all quarantine topics into the index, from their beginning, and follows them. It heals by
 * itself from an outage. What is not a record of ours is skipped and counted.
 */
public final class QuarantineReader implements AutoCloseable {

  static final Duration POLL = Duration.ofMillis(250);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineReader.class);

  private final String bootstrapServers;
  private final QuarantineCodec codec;
  private final QuarantineIndex index;
  private final Map<String, Topic> topics = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread;
  private volatile boolean complete;
  private volatile boolean stopped;
  private final LongAdder unreadable = new LongAdder();
  private volatile @Nullable String failure;
  private volatile @Nullable Consumer<byte[], byte[]> current;

  private record Topic(String domain, String aggregate) {}

  public QuarantineReader(
      String bootstrapServers,
      Collection<Domain> domains,
      QuarantineCodec codec,
      QuarantineIndex index) {
    this.bootstrapServers = bootstrapServers;
    this.codec = codec;
    this.index = index;
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
          topics.put(
              TopicNames.quarantine(domain.name(), aggregate.name()),
              new Topic(domain.name(), aggregate.name()));
        }
      }
    }
    this.thread = Thread.ofPlatform().daemon().name("quarantine-reader").unstarted(this::run);
  }

  /** Wants the topics to exist. */
  public void start() {
    thread.start();
  }

  /** Whether everything that lay in the topics at the start is in the index. */
  public boolean complete() {
    return complete;
  }

  /** Records that are none of ours. */
  public long unreadable() {
    return unreadable.sum();
  }

  /** What keeps it from reading, or null when it reads. */
  public @Nullable String failure() {
    return failure;
  }

  private void run() {
    while (!stopped) {
      try (var consumer = consumer()) {
        current = consumer;
        Map<TopicPartition, Long> ends = assign(consumer);
        while (!stopped) {
          take(consumer.poll(POLL));
          if (ends.entrySet().stream().allMatch(end -> reached(consumer, end))) {
            complete = true;
          }
          failure = null;
        }
      } catch (WakeupException stopping) {
        LOG.debug("The quarantine reader was woken to stop");
      } catch (KafkaException | IllegalStateException failed) {
        failure = String.valueOf(failed.getMessage());
        LOG.warn("Reading the quarantine failed and is tried again: {}", failure);
        pause();
      } finally {
        current = null;
      }
    }
  }

  private static boolean reached(
      Consumer<byte[], byte[]> consumer, Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  private Map<TopicPartition, Long> assign(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics.keySet()) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    positions.forEach(consumer::seek);
    return consumer.endOffsets(partitions);
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Topic topic = topics.get(record.topic());
      if (topic != null && record.value() != null) {
        take(topic, record);
      }
    }
    records.nextOffsets().forEach((partition, next) -> positions.put(partition, next.offset()));
  }

  private void take(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      if (QuarantineCodec.isResolution(record.headers())) {
        index.add(topic.domain(), topic.aggregate(), codec.decodeResolution(record.value()));
      } else {
        index.add(
            topic.domain(),
            topic.aggregate(),
            record.partition(),
            codec.decodeCommand(record.value()));
      }
    } catch (IllegalArgumentException foreign) {
      unreadable.increment();
      LOG.warn(
          "{}-{}@{} is no record of a quarantine and is skipped: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          foreign.getMessage());
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-quarantine");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
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
