package dev.foldstream.host.registered;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.settings.KafkaSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry of topologies for the views that topologies make. Until it was read to its
 * end once, and as long as there is no such topic, there are none; after that what was known stays
 * while Kafka is away.
 */
@Singleton
public final class RegisteredViews implements AutoCloseable {

  private static final TopicPartition PARTITION = new TopicPartition(TopicNames.TOPOLOGIES, 0);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredViews.class);

  private final KafkaSettings kafka;
  private final RegistryFold fold;
  private final boolean enabled;
  private final List<Consumer<List<RegisteredView>>> watchers = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile List<RegisteredView> views = List.of();
  private volatile boolean complete;
  private @Nullable Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  RegisteredViews(KafkaSettings kafka, FoundDomains domains, RegisteredViewsSettings settings) {
    this.kafka = kafka;
    this.enabled = settings.enabled();
    this.fold = new RegistryFold(address -> domains.view(address).isPresent());
  }

  /** Those of all topologies that are registered. */
  public List<RegisteredView> all() {
    return views;
  }

  /** The view with this address. */
  public Optional<RegisteredView> find(String address) {
    return views.stream().filter(view -> view.address().equals(address)).findFirst();
  }

  /** Whether the registry was read to its end, and has topologies: nothing is missing then. */
  public boolean complete() {
    return complete;
  }

  /**
   * Begins to follow the registry, and tells all views whenever they change, once at the beginning;
   * one thread tells.
   */
  public synchronized void watch(Consumer<List<RegisteredView>> watcher) {
    watchers.add(watcher);
    if (thread == null && enabled) {
      thread = Thread.ofPlatform().daemon().name("registered-views").start(this::run);
    } else if (complete) {
      watcher.accept(views);
    }
  }

  private boolean closing() {
    return closing.getCount() == 0;
  }

  private void run() {
    while (!closing()) {
      try (var consumer = consumer()) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException | InterruptException stopping) {
        LOG.debug("The views of topologies are not followed any more");
      } catch (KafkaException away) {
        LOG.debug("The views of topologies are asked for again: {}", away.getMessage());
      } finally {
        current = null;
      }
      pause();
    }
  }

  /** From the beginning each time: the topic is small. */
  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    while (consumer.partitionsFor(TopicNames.TOPOLOGIES, CLOSE_WITHIN).isEmpty()) {
      pause();
      if (closing()) {
        return;
      }
    }
    consumer.assign(List.of(PARTITION));
    consumer.seekToBeginning(List.of(PARTITION));
    long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    boolean told = false;
    while (!closing()) {
      boolean news = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.key() != null) {
          fold.take(record.key(), record.value());
          news = true;
        }
      }
      if (consumer.position(PARTITION) >= end && (news || !told)) {
        tell(fold.views());
        told = true;
      }
    }
  }

  private synchronized void tell(List<RegisteredView> now) {
    boolean first = !complete;
    complete = !fold.isEmpty();
    if (first || !now.equals(views)) {
      views = now;
      watchers.forEach(watcher -> told(watcher, now));
    }
  }

  private static void told(Consumer<List<RegisteredView>> watcher, List<RegisteredView> now) {
    try {
      watcher.accept(now);
    } catch (RuntimeException bug) {
      LOG.error("The views of topologies could not be taken over", bug);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.servers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-registered-views");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000L);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void pause() {
    try {
      if (closing.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Closed");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  @PreDestroy
  public void close() {
    closing.countDown();
    var consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    Thread following = thread;
    if (following != null) {
      try {
        following.join(CLOSE_WITHIN);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
