package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka forgets the positions of a group that nobody runs after a while. Those of versions that may
 * run again, paused or kept for a rollback, are therefore stored once more from time to time.
 */
@Context
public final class KeptPositions implements AutoCloseable {

  /** Far more often than Kafka forgets. */
  private static final Duration BETWEEN = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(KeptPositions.class);

  private final Topologies topologies;
  private final Positions positions;
  private final Thread thread = Thread.ofVirtual().name("kept-positions").unstarted(this::run);

  KeptPositions(Topologies topologies, Positions positions) {
    this.topologies = topologies;
    this.positions = positions;
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(BETWEEN);
        keepAll();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those of every version that may run again and does not. */
  public void keepAll() {
    for (Entry entry : topologies.registry().all()) {
      entry.used().forEach(this::keep);
    }
  }

  private void keep(StoredVersion version) {
    String id = version.applicationId();
    try {
      if (positions.idle(id)) {
        positions.keep(id);
      }
    } catch (RuntimeException later) {
      LOG.warn("The positions of {} are kept later: {}", id, later.getMessage());
    }
  }

  @Override
  @PreDestroy
  public void close() {
    thread.interrupt();
  }
}
