package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.LogReader.LastEvent;
import dev.foldstream.eventstore.recovery.RecoveringStreams;
import dev.foldstream.eventstore.recovery.StreamsHealth.State;
import dev.foldstream.eventstore.streams.BeforeCommit;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.GroupOffsets;
import dev.foldstream.eventstore.streams.LogEnds;
import dev.foldstream.kernel.Domain;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the state of an application again from the events topic, before its first command is
 * decided.
 *
 * <p>It is needed when the application has not decided anything yet, but there are events: its
 * state has another version or shape, the log was restored, or the group's offsets expired. A
 * topology of the same application id, sub-topology and store reads the events; what it fills,
 * local files and changelog, is then used by the decision topology. The commands go on after the
 * one that led to the last event: those behind it led to no event, so deciding them again gives the
 * same outcome on the same state.
 */
final class StateFold {

  static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

  /** Without one event folded for so long, it fails. */
  static final Duration MAX_STANDSTILL = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(StateFold.class);

  private final DecisionPlan<?, ?, ?> plan;
  private final DecisionSettings settings;
  private final Cluster cluster;
  private final LogEnds ends;
  private final BooleanSupplier stopped;
  private final GroupOffsets group;
  private final Map<Integer, PartitionEntry> reached = new ConcurrentHashMap<>();
  private final LongAdder folded = new LongAdder();

  /**
   * A fold that is not begun.
   *
   * @param stopped whether it is to end before its end
   */
  StateFold(
      DecisionPlan<?, ?, ?> plan,
      DecisionSettings settings,
      Cluster cluster,
      LogEnds ends,
      BooleanSupplier stopped) {
    this.stopped = stopped;
    this.plan = plan;
    this.settings = settings;
    this.cluster = cluster;
    this.ends = ends;
    this.group =
        new GroupOffsets(
            cluster.admin(), plan.applicationId(), settings.streams().streamsProtocol());
  }

  boolean needed() {
    return !ends.empty() && group.committed(plan.commandsTopic(), plan.partitions()).isEmpty();
  }

  /**
   * Returns when the state is that of the log.
   *
   * @param progress is told now and then how many events are folded, by all instances
   */
  void run(Domain domain, LongConsumer progress) {
    LOG.info(
        "{} folds its state from {} events of {} before it decides",
        plan.applicationId(),
        ends.events(),
        plan.eventsTopic());
    long begun = System.nanoTime();
    Map<Integer, Long> commandsEnds = commandsEnds();
    group.forget();
    var decoder = new EventDecoder(List.of(domain), plan.wire().codec());
    try (var streams =
        new RecoveringStreams(
            plan.applicationId(),
            settings.streams(),
            () -> topology(decoder, commandsEnds),
            List.of(plan.changelogTopic()),
            created -> {})) {
      streams.start();
      awaitEnd(streams, progress);
    }
    handOver(commandsEnds);
    LOG.info(
        "{} folded {} events in {} ms",
        plan.applicationId(),
        folded.sum(),
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
  }

  private Topology topology(EventDecoder decoder, Map<Integer, Long> commandsEnds) {
    var topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "events",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        plan.eventsTopic());
    topology.addProcessor(
        "fold", () -> new FoldProcessor(plan, decoder, commandsEnds, reached, folded), "events");
    topology.addStateStore(DecisionTopology.store(), "fold");
    topology.addStateStore(BeforeCommit.store(), "fold");
    return topology;
  }

  private void awaitEnd(RecoveringStreams streams, LongConsumer progress) {
    long last = 0;
    long movedAt = System.nanoTime();
    long reportedAt = movedAt;
    while (!stopped.getAsBoolean()) {
      Map<Integer, Long> committed = group.committed(plan.eventsTopic(), plan.partitions());
      if (atEnd(committed) || !needed()) {
        return;
      }
      long now = System.nanoTime();
      long count = Math.max(folded.sum(), events(committed));
      progress.accept(count);
      if (count > last) {
        last = count;
        movedAt = now;
      }
      if (streams.health().state() == State.FAILED || now - movedAt > MAX_STANDSTILL.toNanos()) {
        throw new IllegalStateException(
            "%s wanted to fold %d events; it stopped after %d: %s"
                .formatted(
                    plan.applicationId(), ends.events(), count, streams.health().lastFailure()));
      }
      if (now - reportedAt > BETWEEN_REPORTS.toNanos()) {
        reportedAt = now;
        LOG.info("{} folded {} of {} events", plan.applicationId(), count, ends.events());
      }
      pause();
    }
    throw new IllegalStateException(plan.applicationId() + " was stopped before its fold ended");
  }

  /** By what all instances together have committed. */
  private boolean atEnd(Map<Integer, Long> committed) {
    for (Map.Entry<Integer, LastEvent> end : ends.lastEvents().entrySet()) {
      long offset = end.getValue().offset();
      if (offset >= 0 && committed.getOrDefault(end.getKey(), 0L) <= offset) {
        return false;
      }
    }
    return true;
  }

  /** About how many: offsets have holes, so of each partition the same part as of its offsets. */
  private long events(Map<Integer, Long> committed) {
    double events = 0;
    for (Map.Entry<Integer, LastEvent> end : ends.lastEvents().entrySet()) {
      double offsets = end.getValue().offset() + 1.0;
      if (offsets > 0) {
        double part = Math.min(1, committed.getOrDefault(end.getKey(), 0L) / offsets);
        events += part * end.getValue().sequence();
      }
    }
    return (long) events;
  }

  private void handOver(Map<Integer, Long> commandsEnds) {
    if (!needed()) {
      LOG.info("{}: another instance handed the state over", plan.applicationId());
      return;
    }
    group.forget();
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (int partition = 0; partition < plan.partitions(); partition++) {
      long next = 0;
      PartitionEntry entry = reached.get(partition);
      if (entry != null && entry.commandOffset() < commandsEnds.getOrDefault(partition, 0L)) {
        next = entry.commandOffset() + 1;
      }
      offsets.put(new TopicPartition(plan.commandsTopic(), partition), new OffsetAndMetadata(next));
    }
    group.set(offsets);
  }

  private Map<Integer, Long> commandsEnds() {
    var wanted = new HashMap<TopicPartition, OffsetSpec>();
    for (int partition = 0; partition < plan.partitions(); partition++) {
      wanted.put(new TopicPartition(plan.commandsTopic(), partition), OffsetSpec.latest());
    }
    Map<TopicPartition, ListOffsetsResultInfo> found =
        Cluster.answer("find the ends of the commands", cluster.admin().listOffsets(wanted).all());
    var ends = new HashMap<Integer, Long>();
    found.forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
    return ends;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the fold was stopped before its end", stopped);
    }
  }
}
