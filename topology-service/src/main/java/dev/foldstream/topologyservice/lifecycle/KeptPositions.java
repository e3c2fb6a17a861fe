package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka forgets the positions of a group that nobody runs after a while. Those of versions that may
 * run again, paused or kept for a rollback, are therefore stored once more from time to time.
 */
@Context
final class KeptPositions implements AutoCloseable {

  /** Far more often than Kafka forgets. */
  private static final Duration BETWEEN = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(KeptPositions.class);

  private final Topologies topologies;
  private final Compiling compiling;
  private final Positions positions;
  private final Thread thread = Thread.ofVirtual().name("kept-positions").unstarted(this::run);

  KeptPositions(Topologies topologies, Compiling compiling, Positions positions) {
    this.topologies = topologies;
    this.compiling = compiling;
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
        for (Entry entry : topologies.registry().all()) {
          entry.used().forEach(this::keep);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  void keep(StoredVersion version) {
    String id = version.applicationId();
    try {
      if (positions.idle(id)) {
        List<TopicPartition> partitions =
            positions.partitions(Sources.topics(compiling.compiled(version)));
        Map<TopicPartition, Long> committed = positions.committed(id, partitions);
        if (!committed.isEmpty()) {
          positions.set(id, committed);
        }
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
