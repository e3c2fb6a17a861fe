package dev.foldstream.topologyservice.running;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.Registry;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what runs in this process to what the registry wants: on each change of the registry, and
 * once a second for what has to be tried again.
 *
 * <p>Every process runs every version that shall run, and Kafka divides the partitions among them;
 * a killed process hands over as any member of a group does. Each topology is looked after by
 * itself: one that cannot be started keeps no other one waiting.
 */
@Singleton
public final class Topologies implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Topologies.class);

  private final Registry registry;
  private final Starter starter;
  private final Path stateDirectory;
  private final Map<String, Runs> byName = new ConcurrentHashMap<>();
  private final Set<String> due = ConcurrentHashMap.newKeySet();
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopped;

  Topologies(KafkaSettings kafka, Cluster cluster, Starter starter, TopologiesSettings settings) {
    this.registry = new Registry(kafka.servers(), cluster, this::changed);
    this.starter = starter;
    this.stateDirectory = Path.of(settings.stateDirectory());
  }

  /** Hears of each run that begins or ends in this process. */
  public interface RunListener {
    void began(Run run);

    void ended(Run run);
  }

  public Registry registry() {
    return registry;
  }

  /** Wants the registry's topic to exist. */
  public void start() {
    registry.start();
    Thread.ofVirtual().name("topologies-look").start(this::look);
  }

  /** Calls back with the name of a topology whose entry or state changed. */
  public void watch(Consumer<String> watcher) {
    watchers.add(watcher);
  }

  public void listen(RunListener listener) {
    listeners.add(listener);
  }

  /** What runs here, or is to run, of a topology: the live version first. */
  public List<Run> runs(String name) {
    Runs runs = byName.get(name);
    return runs == null ? List.of() : runs.all();
  }

  /** Everything that runs here, or is to run. */
  public List<Run> all() {
    return byName.values().stream().flatMap(runs -> runs.all().stream()).toList();
  }

  /** The run of the live version here, or null. */
  public @Nullable Run live(String name) {
    return runs(name).stream().filter(run -> !run.beside()).findFirst().orElse(null);
  }

  private void changed(String name) {
    watchers.forEach(watcher -> watcher.accept(name));
    schedule(name);
  }

  private void schedule(String name) {
    if (!stopped && due.add(name)) {
      try {
        threads.execute(() -> reconcile(name));
      } catch (RejectedExecutionException stopping) {
        LOG.debug("{} is not looked after any more", name);
      }
    }
  }

  private void reconcile(String name) {
    due.remove(name);
    Entry entry = registry.find(name);
    if (entry != null && !stopped) {
      byName
          .computeIfAbsent(name, n -> new Runs(starter, stateDirectory, listeners))
          .reconcile(entry);
      watchers.forEach(watcher -> watcher.accept(name));
    }
  }

  private void look() {
    try {
      while (!stopped) {
        Thread.sleep(BETWEEN_LOOKS);
        long nanos = System.nanoTime();
        byName.forEach((name, runs) -> look(name, runs, nanos));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(String name, Runs runs, long nanos) {
    Entry entry = registry.find(name);
    boolean handedOver = entry != null && entry.head().handOver() != null;
    if (runs.look(nanos) || handedOver) {
      watchers.forEach(watcher -> watcher.accept(name));
    }
    if (entry != null && runs.due(entry)) {
      schedule(name);
    }
  }

  @Override
  @PreDestroy
  public void close() {
    stopped = true;
    registry.close();
    var closing = new ArrayList<Thread>();
    byName.values().forEach(runs -> closing.add(Thread.ofVirtual().start(runs::stop)));
    for (Thread thread : closing) {
      try {
        thread.join();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
    threads.shutdownNow();
  }
}
