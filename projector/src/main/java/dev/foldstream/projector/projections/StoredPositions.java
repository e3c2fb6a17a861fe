package dev.foldstream.projector.projections;

import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.projector.projection.WorkerProgress;
import dev.foldstream.projector.projections.ProjectionAnswers.LedgerTotals;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far partitions came that another projector owns, from the store and the log. Whatever does
 * not answer in time is left out.
 */
@Singleton
final class StoredPositions {

  private static final Logger LOG = LoggerFactory.getLogger(StoredPositions.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final KafkaSettings kafka;
  private @Nullable Admin admin;

  StoredPositions(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** The positions of all partitions of this worker's view, or nothing. */
  Map<TopicPartitionName, OwnedPosition> positions(WorkerProgress worker) {
    if (worker.version() == 0) {
      return Map.of();
    }
    try {
      return worker
          .target()
          .store()
          .positions(new ViewVersion(worker.target().view(), worker.version()));
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("No positions of {}: {}", worker.target(), away.getMessage());
      return Map.of();
    }
  }

  /** The ledger of the worker's view and store over all partitions, or null. */
  @Nullable LedgerTotals ledger(WorkerProgress worker) {
    if (worker.version() == 0) {
      return null;
    }
    try {
      return totals(
          worker
              .target()
              .store()
              .operations()
              .ledger(new ViewVersion(worker.target().view(), worker.version()))
              .values());
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("No ledger of {}: {}", worker.target(), away.getMessage());
      return null;
    }
  }

  private static LedgerTotals totals(Collection<PartitionLedger> partitions) {
    return new LedgerTotals(
        partitions.stream().allMatch(PartitionLedger::complete),
        partitions.stream().mapToLong(ledger -> ledger.counts().applied()).sum(),
        partitions.stream().mapToLong(ledger -> ledger.counts().filtered()).sum(),
        partitions.stream().mapToLong(ledger -> ledger.counts().quarantined()).sum(),
        partitions.stream().mapToLong(ledger -> ledger.counts().discarded()).sum());
  }

  /** The ends of these partitions for readers of committed records, or nothing. */
  Map<TopicPartitionName, Long> ends(Collection<TopicPartitionName> partitions) {
    var asked =
        partitions.stream()
            .collect(
                Collectors.toMap(
                    p -> new TopicPartition(p.topic(), p.partition()), p -> OffsetSpec.latest()));
    var options =
        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
            .timeoutMs(Math.toIntExact(ANSWER_WITHIN.toMillis()));
    try {
      var ends = new HashMap<TopicPartitionName, Long>();
      admin()
          .listOffsets(asked, options)
          .all()
          .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          .forEach(
              (p, end) -> ends.put(new TopicPartitionName(p.topic(), p.partition()), end.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException away) {
      LOG.debug("No ends of {}: {}", partitions, away.getMessage());
      return Map.of();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  kafka.servers(),
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "foldstream-projector-positions",
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  Math.toIntExact(ANSWER_WITHIN.toMillis()),
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  Math.toIntExact(ANSWER_WITHIN.toMillis())));
    }
    return admin;
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(ANSWER_WITHIN);
    }
  }
}
