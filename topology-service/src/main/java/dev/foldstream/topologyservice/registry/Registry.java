package dev.foldstream.topologyservice.registry;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The registered topologies, shared by all processes.
 *
 * <p>A change is made in five steps, which are a compare-and-append: the writer fences every other
 * one, because all write under one transactional id; reads the topic to its end, which nobody can
 * move meanwhile; decides on what it read; writes everything in one transaction; and waits until it
 * has read that. Whoever is fenced in between begins again, and finds what it had written, if it
 * had, at most {@link #MAX_TRIES} times.
 */
public final class Registry implements AutoCloseable {

  static final int MAX_TRIES = 8;
  static final String TRANSACTIONAL_ID = "foldstream.topologies";

  /** Reading to the end, and storing, each. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int PAUSE_MILLIS = 200;
  private static final int REQUEST_MILLIS = 4_000;
  private static final int DELIVERY_MILLIS = 8_000;

  private final String bootstrapServers;
  private final Cluster cluster;
  private final RegistryReader reader;
  private final RegistryRecords records = new RegistryRecords();
  private final Object writing = new Object();

  /**
   * A registry that is not yet read.
   *
   * @param changed is called with the name of each topology whose entry changed, also after the
   *     start
   */
  public Registry(String bootstrapServers, Cluster cluster, Consumer<String> changed) {
    this.bootstrapServers = bootstrapServers;
    this.cluster = cluster;
    this.reader = new RegistryReader(bootstrapServers, changed);
  }

  /**
   * What shall be stored.
   *
   * @param versions of the same topology
   * @param forgotten numbers of versions that are not kept any longer
   */
  public record Change(Head head, List<StoredVersion> versions, List<Integer> forgotten) {
    public Change {
      versions = List.copyOf(versions);
      forgotten = List.copyOf(forgotten);
    }

    public static Change of(Head head, StoredVersion... versions) {
      return new Change(head, List.of(versions), List.of());
    }
  }

  /** Wants the topic to exist. */
  public void start() {
    reader.start();
  }

  public boolean complete() {
    return reader.complete();
  }

  /** What keeps it from reading, or null. */
  public @Nullable String failure() {
    return reader.failure();
  }

  /** In order of name, without the deleted ones. */
  public List<Entry> all() {
    SortedMap<String, Entry> sorted = new TreeMap<>(reader.entries());
    return sorted.values().stream().filter(entry -> !entry.head().deleted()).toList();
  }

  /** Also one that was deleted; null when there never was one. */
  public @Nullable Entry find(String name) {
    return reader.entries().get(name);
  }

  /**
   * Changes one topology.
   *
   * @param decide gets the entry as it is and returns what shall be stored, or null for nothing;
   *     may be called more than once, and what it throws ends the change
   * @return the entry afterwards
   * @throws LostRaceException when others were first as often as it was tried
   * @throws KafkaUnreachableException when Kafka does not answer; whether it was stored is not
   *     known
   */
  public @Nullable Entry change(String name, Function<@Nullable Entry, @Nullable Change> decide) {
    synchronized (writing) {
      Change unsure = null;
      for (int attempt = 1; ; attempt++) {
        try (var writer = new Writer()) {
          Entry entry = writer.begin(name);
          if (unsure != null && entry != null && entry.head().equals(unsure.head())) {
            return entry;
          }
          unsure = decide.apply(entry);
          return unsure == null ? entry : writer.store(unsure);
        } catch (TimeoutException | DisconnectException away) {
          throw new KafkaUnreachableException("change the registry", PATIENCE, away);
        } catch (KafkaException otherWasFirst) {
          if (attempt == MAX_TRIES) {
            throw new LostRaceException(attempt, otherWasFirst);
          }
          pause(attempt);
        }
      }
    }
  }

  /** Apart from each other, so that one of those who race gets through. */
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS * attempt));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptException(stopping);
    }
  }

  /** One try. */
  private final class Writer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());

    /** Fences all others; returns the topology as nobody else can change it now. */
    @Nullable Entry begin(String name) {
      producer.initTransactions();
      reader.await(end(), PATIENCE);
      return find(name);
    }

    /** What is thrown does not say whether it was stored, unless another writer fenced this one. */
    @Nullable Entry store(Change change) {
      reader.await(stored(producer, change) + 1, PATIENCE);
      return find(change.head().name());
    }

    @Override
    public void close() {
      producer.close(Duration.ZERO);
    }
  }

  /** Returns the offset of the last record. */
  private long stored(KafkaProducer<byte[], byte[]> producer, Change change) {
    producer.beginTransaction();
    var sent = new ArrayList<ProducerRecord<byte[], byte[]>>();
    change
        .versions()
        .forEach(version -> sent.add(record(records.key(version), records.value(version))));
    change.forgotten().forEach(number -> sent.add(forgotten(change.head().name(), number)));
    sent.add(record(records.key(change.head()), records.value(change.head())));
    try {
      long last = -1;
      for (var future : sent.stream().map(producer::send).toList()) {
        last = future.get(DELIVERY_MILLIS, TimeUnit.MILLISECONDS).offset();
      }
      producer.commitTransaction();
      return last;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException cause
          ? cause
          : new KafkaException(failed.getCause());
    } catch (java.util.concurrent.TimeoutException late) {
      throw new TimeoutException(late);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptException(stopping);
    }
  }

  // A record without a value takes its key away; Kafka does not say that a value may be null.
  @SuppressWarnings("NullAway")
  private ProducerRecord<byte[], byte[]> forgotten(String name, int version) {
    return new ProducerRecord<>(TopicNames.TOPOLOGIES, 0, records.key(name, version), null);
  }

  private static ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
    return new ProducerRecord<>(TopicNames.TOPOLOGIES, 0, key, value);
  }

  /** The end of what is committed: nothing is open, because every other writer was fenced. */
  private long end() {
    return RegistryEnd.read(cluster);
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "foldstream-topology-registry-writer");
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
    return settings;
  }

  @Override
  public void close() {
    reader.close();
  }
}
