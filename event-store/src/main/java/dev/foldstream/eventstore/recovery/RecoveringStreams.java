package dev.foldstream.eventstore.recovery;

import dev.foldstream.eventstore.recovery.StreamsHealth.State;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Streams application that gets over failures: a client that ended or stands still is
 * closed and followed by a new one, until {@link FailureHandler} says that it is no use.
 *
 * <ol>
 *   <li>{@code start} returns before partitions are assigned; {@link #health} says when they are.
 *   <li>An outage of the broker or the registry heals by itself.
 *   <li>What a life left open in a transaction that nobody else ends is ended before the next.
 *   <li>Records of an aborted transaction are not committed by a later one.
 *   <li>{@code close} leaves the group, so other instances take over at once.
 * </ol>
 */
public final class RecoveringStreams implements AutoCloseable {

  /** Between the end of a life after a failure and the next. */
  static final Duration PAUSE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(RecoveringStreams.class);

  private final String applicationId;
  private final StreamsSettings settings;
  private final Supplier<Topology> topology;
  private final List<String> writes;
  private final Consumer<KafkaStreams> whenCreated;
  private final FailureHandler failures;
  private volatile @Nullable KafkaStreams life;
  private boolean closed;

  /**
   * An application that is not yet started.
   *
   * @param topology makes the same topology for every life
   * @param writes the topics it writes, its changelogs too
   * @param whenCreated is called with the streams of each life before they start
   */
  public RecoveringStreams(
      String applicationId,
      StreamsSettings settings,
      Supplier<Topology> topology,
      Collection<String> writes,
      Consumer<KafkaStreams> whenCreated) {
    this.applicationId = applicationId;
    this.settings = settings;
    this.topology = topology;
    this.writes = List.copyOf(writes);
    this.whenCreated = whenCreated;
    this.failures = new FailureHandler(applicationId);
  }

  public synchronized void start() {
    if (life != null || closed) {
      throw new IllegalStateException(applicationId + " was started before");
    }
    if (settings.streamsProtocol()) {
      try (var cluster = new Cluster(settings.bootstrapServers())) {
        cluster.setGroup(applicationId, settings.standbys());
      }
    }
    life = begun();
  }

  private KafkaStreams begun() {
    makeStateDirectory();
    var streams =
        new KafkaStreams(
            topology.get(), settings.of(applicationId), SettledProducer.clients(writes));
    streams.setUncaughtExceptionHandler(failures);
    var ran = new AtomicBoolean();
    streams.setStateListener(
        (now, before) -> {
          changed(streams, now, before);
          if (now == KafkaStreams.State.RUNNING && ran.getAndSet(true)) {
            // It got over something by itself, which may have left a transaction open.
            Thread.ofVirtual().name(applicationId + "-look").start(this::endTransactions);
          }
        });
    var standstill = new Standstill();
    streams.setGlobalStateRestoreListener(standstill);
    whenCreated.accept(streams);
    streams.start();
    Thread.ofVirtual().name(applicationId + "-watch").start(() -> watch(streams, standstill));
    return streams;
  }

  /** Kafka Streams fails when two applications of one process make it at the same time. */
  private void makeStateDirectory() {
    try {
      Files.createDirectories(settings.stateDirectory());
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "wanted to keep state in %s; it cannot be made. Mend: let this user write there, or set foldstream.state-directory"
              .formatted(settings.stateDirectory().toAbsolutePath()),
          failed);
    }
  }

  private void changed(KafkaStreams streams, KafkaStreams.State now, KafkaStreams.State before) {
    LOG.info("{}: {} -> {}", applicationId, before, now);
    if (now == KafkaStreams.State.ERROR && failures.goesOn()) {
      Thread.ofVirtual().name(applicationId + "-again").start(() -> again(streams));
    }
  }

  private void watch(KafkaStreams streams, Standstill standstill) {
    try {
      if (standstill.await(streams::state)) {
        LOG.warn("{} has not got on for {}; it is started anew", applicationId, Standstill.LONGEST);
        again(streams);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts anew what ended or stands still, after a pause; as often as it takes. */
  private void again(KafkaStreams ended) {
    boolean over = false;
    while (!over) {
      try {
        Thread.sleep(PAUSE);
        over = onceAgain(ended);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException notYet) {
        LOG.warn("{} waits to start anew: {}", applicationId, notYet.getMessage());
      }
    }
  }

  /**
   * What a life that failed left on the disk is not trusted: it goes, and the state comes back from
   * the changelog.
   */
  private synchronized boolean onceAgain(KafkaStreams ended) {
    if (!closed && ended.equals(life)) {
      ended.close(StreamsSettings.leaving());
      endTransactions();
      ended.cleanUp();
      life = begun();
    }
    return true;
  }

  /** Whoever reads committed records must not wait for what the last life left open. */
  private void endTransactions() {
    try (var cluster = new Cluster(settings.bootstrapServers())) {
      new HangingTransactions(cluster.admin()).abort(writes);
    } catch (RuntimeException unreachable) {
      LOG.warn(
          "{} could not look for open transactions: {}", applicationId, unreachable.getMessage());
    }
  }

  public StreamsHealth health() {
    KafkaStreams current = life;
    return new StreamsHealth(
        current == null ? State.STOPPED : state(current.state()),
        current == null ? Collections.emptySortedSet() : partitions(current),
        failures.failures(),
        failures.lastFailure());
  }

  private State state(KafkaStreams.State state) {
    return switch (state) {
      case CREATED -> State.STARTING;
      case REBALANCING -> State.REBALANCING;
      case RUNNING -> State.RUNNING;
      case PENDING_SHUTDOWN, NOT_RUNNING -> State.STOPPED;
      case PENDING_ERROR, ERROR -> failures.goesOn() ? State.REBALANCING : State.FAILED;
    };
  }

  private static SortedSet<Integer> partitions(KafkaStreams streams) {
    var partitions = new TreeSet<Integer>();
    streams
        .metadataForLocalThreads()
        .forEach(
            thread ->
                thread.activeTasks().forEach(task -> partitions.add(task.taskId().partition())));
    return partitions;
  }

  @Override
  public synchronized void close() {
    closed = true;
    KafkaStreams current = life;
    if (current != null && !current.close(StreamsSettings.leaving())) {
      LOG.warn(
          "{} did not close within {}; its last records are worked on again",
          applicationId,
          StreamsSettings.CLOSE_WITHIN);
    }
  }
}
