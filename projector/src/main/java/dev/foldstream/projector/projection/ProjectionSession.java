package dev.foldstream.projector.projection;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.VersionSwitchException;
import dev.foldstream.viewstore.ViewControl;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One membership in the view's group, from joining to leaving. Used by the worker's thread alone.
 * While it is behind, the store writes one batch in another thread and the next one is read.
 *
 * <p>A partition that is assigned is paused until its position is claimed: the epoch of the claim
 * makes every other owner's commit void, and reading begins where the store says. When the store or
 * the registry does not answer, all partitions are paused, and after a while claimed again: whether
 * the last commit happened is then read from the store.
 */
final class ProjectionSession implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectionSession.class);

  /** How long a poll waits for events; what is there is given at once. */
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(250);

  /** After how long without events a position is moved past the markers behind the last one. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** How often the store is asked for a pause and for what is to be done in the quarantine. */
  private static final Duration CONTROL_INTERVAL = Duration.ofSeconds(1);

  /** How often it asks whether its version is still live. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ProjectionTarget target;
  private final ViewVersion version;
  private final String owner;
  private final Consumer<byte[], byte[]> consumer;
  private final StepReader reader;
  private final BatchWriter writer;
  private final ExecutorService writing;
  private final WorkerBoard board;
  private final RetryPauses pauses;
  private final GroupOffsets groupOffsets;
  private final Lags lags;
  private final QuarantineDesk quarantine;
  private final Map<TopicPartition, OwnedPartition> owned = new HashMap<>();
  private long notBeforeNanos = System.nanoTime();
  private long workedAtNanos = System.nanoTime();
  private long controlAtNanos = System.nanoTime();
  private boolean paused;
  private @Nullable Written pending;
  private @Nullable RuntimeException failedInRebalance;
  private long liveAtNanos = System.nanoTime();

  /** A batch on its way into the store; the commit is null when there was nothing to write. */
  private record Written(
      ConsumerRecords<byte[], byte[]> records,
      ReadBatch batch,
      BatchWriter.@Nullable Pending commit) {}

  ProjectionSession(
      ProjectionTarget target,
      ViewVersion version,
      String owner,
      Consumer<byte[], byte[]> consumer,
      RecordDecoder decoder,
      SourceReader source,
      QuarantineSettings settings,
      int rowsInMemory,
      WorkerBoard board,
      RetryPauses pauses) {
    this.target = target;
    this.version = version;
    this.owner = owner;
    this.consumer = consumer;
    this.reader = new StepReader(decoder, target.view().feature().events());
    this.writer = new BatchWriter(version, target.store(), settings, rowsInMemory);
    this.writing = BatchWriter.thread(target);
    this.board = board;
    this.pauses = pauses;
    this.groupOffsets = new GroupOffsets(consumer);
    this.lags = new Lags(consumer, source);
    this.quarantine = new QuarantineDesk(version, target.store(), source);
  }

  void run(BooleanSupplier closing) {
    try {
      consumer.subscribe(target.view().topics(), this);
      while (!closing.getAsBoolean() && isLive()) {
        controlWhenDue();
        claimWhenDue();
        ConsumerRecords<byte[], byte[]> records = poll();
        if (!records.isEmpty()) {
          work(records);
        } else {
          settle();
          if (!paused && System.nanoTime() - workedAtNanos > IDLE.toNanos()) {
            passMarkers();
          }
        }
        if (pending == null) {
          show();
        }
      }
      settle();
    } finally {
      writing.shutdown();
    }
  }

  private void show() {
    groupOffsets.commitWhenDue(owned.values());
    lags.update(owned.values(), paused);
    board.partitions(owned.values());
  }

  /** A version that was live is no concern of this worker; what it still writes is refused. */
  private boolean isLive() {
    if (System.nanoTime() - liveAtNanos < LOOK_AGAIN.toNanos()) {
      return true;
    }
    liveAtNanos = System.nanoTime();
    try {
      return target.store().isLive(version);
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("Whether {} is live is not known: {}", version, away.getMessage());
      return true;
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, 0);
      owned.put(partition, new OwnedPartition(partition));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    try {
      settle();
    } catch (RuntimeException failure) {
      failedInRebalance = failure;
    }
    partitions.forEach(owned::remove);
    writer.forgetRows(false);
  }

  /** Another projector took them over, because this one stood still for too long. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      LOG.error(
          "{} was overtaken: {} went to another projector while this one stood still. It writes"
              + " nothing to them any more",
          target,
          partitions);
    }
    onPartitionsRevoked(partitions);
  }

  private void controlWhenDue() {
    if (System.nanoTime() < Math.max(controlAtNanos, notBeforeNanos)) {
      return;
    }
    controlAtNanos = System.nanoTime() + CONTROL_INTERVAL.toNanos();
    try {
      ViewControl control = target.store().operations().control(version);
      pause(control.pause());
      if (!paused && !control.requests().isEmpty()) {
        settle();
        carryOut(control.requests());
        writer.forgetRows(ownsAll());
      }
    } catch (ViewStoreUnavailableException | SchemaRegistryUnavailableException away) {
      stall(away);
    }
  }

  private void pause(@Nullable ViewPause pause) {
    if (pause != null) {
      consumer.pause(consumer.assignment());
      board.state(
          WorkState.PAUSED, "paused by %s since %s".formatted(pause.principal(), pause.since()));
    } else if (paused) {
      consumer.resume(
          owned.values().stream()
              .filter(OwnedPartition::reads)
              .map(OwnedPartition::kafka)
              .toList());
      board.state(WorkState.RUNNING, null);
    }
    if (paused != (pause != null)) {
      LOG.info("{} is {}", target, pause == null ? "resumed" : "paused by " + pause.principal());
    }
    paused = pause != null;
  }

  private void carryOut(List<QuarantineEntry> requests) {
    for (QuarantineEntry request : requests) {
      TopicPartitionName name = request.partition();
      OwnedPartition own = owned.get(new TopicPartition(name.topic(), name.partition()));
      if (own != null && own.isClaimed()) {
        quarantine.carryOut(request, own);
      }
    }
  }

  private void claimWhenDue() {
    Map<TopicPartitionName, OwnedPartition> wanted =
        owned.values().stream()
            .filter(OwnedPartition::wantsClaim)
            .collect(Collectors.toMap(OwnedPartition::name, partition -> partition));
    if (wanted.isEmpty() || System.nanoTime() < notBeforeNanos) {
      return;
    }
    settle();
    try {
      Map<TopicPartitionName, OwnedPosition> claimed =
          target.store().claim(version, Set.copyOf(wanted.keySet()), owner);
      claimed.forEach((name, position) -> begin(wanted.get(name), position));
      writer.forgetRows(ownsAll());
      if (!paused) {
        board.state(WorkState.RUNNING, null);
      }
    } catch (ViewStoreUnavailableException away) {
      stall(away);
    }
  }

  /** Whether nobody else can write rows of this version. */
  private boolean ownsAll() {
    return owned.values().stream().filter(OwnedPartition::isClaimed).count()
        == version.view().start().size();
  }

  private void begin(@Nullable OwnedPartition partition, OwnedPosition position) {
    if (partition != null) {
      partition.holdsAre(target.store().operations().open(version, partition.name()));
      partition.claimed(position);
      consumer.seek(partition.kafka(), position.position().nextOffset());
      if (!paused) {
        consumer.resume(List.of(partition.kafka()));
      }
    }
  }

  private void stall(RuntimeException away) {
    Duration pause = pauses.next();
    LOG.atLevel(away instanceof VersionSwitchException ? Level.INFO : Level.WARN)
        .log("{} waits {} ms: {}", target, pause.toMillis(), away.getMessage());
    board.state(WorkState.STALLED, away.getMessage());
    notBeforeNanos = System.nanoTime() + pause.toNanos();
    owned.values().forEach(OwnedPartition::unclaimed);
    writer.forgetRows(false);
    consumer.pause(consumer.assignment());
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL_TIMEOUT);
      if (failedInRebalance != null) {
        throw failedInRebalance;
      }
      return records;
    } catch (InvalidOffsetException gone) {
      settle();
      gone.partitions().forEach(this::stopWithoutOffset);
      return ConsumerRecords.empty();
    }
  }

  private void stopWithoutOffset(TopicPartition partition) {
    OwnedPartition own = owned.get(partition);
    if (own != null) {
      own.stop(
          "the log does not hold offset %d, where the position says to go on: events were lost or the topic was made anew"
              .formatted(own.position().nextOffset()));
      stopped(own);
    }
  }

  private void stopped(OwnedPartition partition) {
    consumer.pause(List.of(partition.kafka()));
    LOG.error("{} stops at {}: {}", target, partition.name(), partition.progress().reason());
  }

  /** Reads while the batch before is still being written. */
  private void work(ConsumerRecords<byte[], byte[]> records) {
    workedAtNanos = System.nanoTime();
    try {
      ReadBatch read = reader.read(records, owned);
      settle();
      lags.begin(records, owned);
      show();
      ReadBatch batch = read.readable();
      if (moreIsWaiting(records)) {
        pending = new Written(records, batch, writer.begin(batch.steps(), writing));
      } else {
        writer.write(batch.steps());
        written(records, batch);
      }
    } catch (ViewStoreUnavailableException | SchemaRegistryUnavailableException away) {
      settle();
      stall(away);
    }
  }

  /** Then it is worth to go on reading; otherwise who waits for the events waits less. */
  private boolean moreIsWaiting(ConsumerRecords<byte[], byte[]> records) {
    return records.partitions().stream()
        .anyMatch(partition -> consumer.currentLag(partition).orElse(0) > 0);
  }

  /** Waits for the batch that is being written. */
  private void settle() {
    Written last = pending;
    if (last == null) {
      return;
    }
    pending = null;
    try {
      if (last.commit() != null) {
        writer.finish(last.commit());
      }
      written(last.records(), last.batch());
    } catch (ViewStoreUnavailableException away) {
      stall(away);
    }
  }

  private void written(ConsumerRecords<byte[], byte[]> records, ReadBatch batch) {
    batch.faults().forEach(ProjectionSession::stopUnlessStopped);
    board.worked(batch.steps().size());
    pauses.reset();
    for (TopicPartition partition : records.partitions()) {
      OwnedPartition own = owned.get(partition);
      if (own != null && own.isStopped()) {
        stopped(own);
      } else if (own != null) {
        own.behindSince(Instant.ofEpochMilli(records.records(partition).getLast().timestamp()));
      }
    }
  }

  private static void stopUnlessStopped(OwnedPartition partition, String fault) {
    if (!partition.isStopped()) {
      partition.stop(fault);
    }
  }

  /** Markers of transactions are no events, but count in the lag that other tools show. */
  private void passMarkers() {
    workedAtNanos = System.nanoTime();
    var steps = new ArrayList<Step>();
    for (OwnedPartition partition : owned.values()) {
      if (partition.reads()) {
        long reached = consumer.position(partition.kafka());
        if (reached > partition.position().nextOffset()) {
          steps.add(
              new Step(partition, new Position(partition.position().sequence(), reached), null));
        }
      }
    }
    try {
      writer.move(steps);
    } catch (ViewStoreUnavailableException away) {
      stall(away);
    }
  }
}
