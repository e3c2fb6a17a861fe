package dev.foldstream.topologyservice.running;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.positions.Lag;
import dev.foldstream.topologyservice.positions.Positions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far what runs here is behind, looked up every few seconds, so that to ask is cheap. */
@Singleton
public final class LagBoard implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(LagBoard.class);

  private final Positions positions;
  private final Topologies topologies;
  private final Map<String, Lag> known = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  LagBoard(Positions positions, Topologies topologies) {
    this.positions = positions;
    this.topologies = topologies;
  }

  public void start() {
    Thread.ofVirtual().name("topology-lags").start(this::look);
  }

  /** Over all processes; empty until it was looked up. */
  public Optional<Lag> of(Run run) {
    return Optional.ofNullable(known.get(run.version().applicationId()));
  }

  private void look() {
    try {
      while (!stopped) {
        topologies.all().forEach(this::look);
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Run run) {
    Compiled compiled = run.compiled();
    if (compiled == null || stopped) {
      return;
    }
    String id = run.version().applicationId();
    try {
      known.put(id, positions.lag(id, Sources.topics(compiled)));
    } catch (RuntimeException away) {
      known.remove(id);
      LOG.debug("How far {} is behind is not known: {}", id, away.getMessage());
    }
  }

  @Override
  @PreDestroy
  public void close() {
    stopped = true;
  }
}
