package dev.foldstream.topologyservice.registry;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the registry from its beginning and follows it; heals by itself from an outage. */
final class RegistryReader implements AutoCloseable {

  static final TopicPartition PARTITION = new TopicPartition(TopicNames.TOPOLOGIES, 0);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(RegistryReader.class);

  private final String bootstrapServers;
  private final Consumer<String> changed;
  private final RegistryRecords records = new RegistryRecords();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Thread thread;
  private final Object moved = new Object();
  private long position;
  private volatile boolean complete;
  private volatile boolean stopped;
  private volatile @Nullable String failure;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  /**
   * A reader that is not started.
   *
   * @param changed is called with the name of each topology whose entry changed
   */
  RegistryReader(String bootstrapServers, Consumer<String> changed) {
    this.bootstrapServers = bootstrapServers;
    this.changed = changed;
    this.thread = Thread.ofPlatform().daemon().name("topology-registry").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Deleted ones too. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** Whether everything that lay in the topic at the start is known. */
  boolean complete() {
    return complete;
  }

  @Nullable String failure() {
    return failure;
  }

  /** Waits until everything before this offset is known. */
  void await(long offset, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (moved) {
      while (position < offset) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new KafkaUnreachableException(
              "read the registry up to offset " + offset,
              patience,
              new IllegalStateException("it was read up to " + position));
        }
        try {
          moved.wait(left);
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
          throw new KafkaUnreachableException("read the registry", patience, stopping);
        }
      }
    }
  }

  private void run() {
    while (!stopped) {
      try (var consumer = new KafkaConsumer<>(settings(), bytes(), bytes())) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException | InterruptException stopping) {
        LOG.debug("The reader of the registry was woken to stop");
      } catch (KafkaException | IllegalStateException failed) {
        failure = String.valueOf(failed.getMessage());
        LOG.warn("Reading the registry failed and is tried again: {}", failure);
        pause();
      } finally {
        current = null;
      }
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(PARTITION));
    if (position == 0) {
      consumer.seekToBeginning(List.of(PARTITION));
    } else {
      consumer.seek(PARTITION, position);
    }
    long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    while (!stopped) {
      ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : batch) {
        take(record);
      }
      move(consumer.position(PARTITION));
      if (!complete && position >= end) {
        complete = true;
        entries.keySet().forEach(changed);
      }
      failure = null;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String name = record.key() == null ? null : records.take(record.key(), record.value());
    if (name == null) {
      return;
    }
    Entry entry = records.entry(name);
    if (entry == null) {
      entries.remove(name);
    } else {
      entries.put(name, entry);
    }
    if (complete) {
      changed.accept(name);
    }
  }

  private void move(long next) {
    synchronized (moved) {
      position = next;
      moved.notifyAll();
    }
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-topology-registry");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return settings;
  }

  private static ByteArrayDeserializer bytes() {
    return new ByteArrayDeserializer();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped = true;
    var consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
