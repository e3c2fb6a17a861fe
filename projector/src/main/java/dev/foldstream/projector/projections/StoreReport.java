package dev.foldstream.projector.projections;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.projector.projection.PartitionProgress;
import dev.foldstream.projector.projection.WorkState;
import dev.foldstream.projector.projection.WorkerProgress;
import dev.foldstream.projector.projections.ProjectionAnswers.LedgerTotals;
import dev.foldstream.projector.projections.ProjectionAnswers.PartitionAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.RebuildProgress;
import dev.foldstream.projector.projections.ProjectionAnswers.StoreAnswer;
import dev.foldstream.projector.rebuild.RebuildDesk;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.VersionState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of one view in one store: its live version, and those beside it. */
@Singleton
final class StoreReport {

  private static final String ELSEWHERE = "elsewhere";

  private final StoredPositions stored;
  private final RebuildDesk rebuilds;

  StoreReport(StoredPositions stored, RebuildDesk rebuilds) {
    this.stored = stored;
    this.rebuilds = rebuilds;
  }

  static String name(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** The version that this worker keeps. */
  StoreAnswer live(WorkerProgress worker) {
    Map<TopicPartitionName, PartitionAnswer> partitions = new TreeMap<>();
    Instant now = Instant.now();
    for (PartitionProgress own : worker.partitions()) {
      partitions.put(own.partition(), own(own, now));
    }
    var others =
        worker.target().view().start().keySet().stream()
            .filter(partition -> !partitions.containsKey(partition))
            .collect(Collectors.toSet());
    if (!others.isEmpty()) {
      partitions.putAll(elsewhere(worker, others, now));
    }
    List<PartitionAnswer> all = List.copyOf(partitions.values());
    Long lag = Sums.over(all, PartitionAnswer::lagEvents, Long::sum);
    Long done = Sums.over(all, PartitionAnswer::sequence, Long::sum);
    LedgerTotals ledger = stored.ledger(worker);
    return new StoreAnswer(
        worker.target().storeName(),
        name(worker.worst()),
        reason(worker),
        lag,
        Sums.over(all, PartitionAnswer::lagSeconds, Math::max),
        Sums.share(done, lag),
        worker.state() == WorkState.PAUSED,
        ledger == null ? null : ledger.quarantined(),
        ledger,
        rebuilds.last(worker.target()).map(StoreReport::progress).orElse(null),
        all);
  }

  /** A version of the worker's store that is not live, by its number. */
  record Beside(int version, StoreAnswer store) {}

  /** Built ones, and those kept for a rollback. */
  List<Beside> beside(WorkerProgress worker) {
    Rebuild rebuild = rebuilds.last(worker.target()).orElse(null);
    var beside = new ArrayList<Beside>();
    for (KeptVersion version : rebuilds.versions(worker.target())) {
      if (version.state() != VersionState.LIVE) {
        boolean built = rebuild != null && rebuild.version().number() == version.number();
        beside.add(
            new Beside(
                version.number(),
                beside(worker.target().storeName(), version, built ? rebuild : null)));
      }
    }
    return beside;
  }

  private static StoreAnswer beside(String store, KeptVersion version, @Nullable Rebuild rebuild) {
    RebuildProgress progress = rebuild == null ? null : progress(rebuild);
    Long done = progress == null ? null : Long.valueOf(progress.eventsDone());
    Long lag = progress == null ? null : Long.valueOf(progress.eventsToDo());
    return new StoreAnswer(
        store,
        name(version.state()),
        progress == null ? null : progress.reason(),
        lag,
        rebuild == null ? null : rebuild.progress().lagSeconds(Instant.now()),
        Sums.share(done, lag),
        false,
        null,
        null,
        progress,
        List.of());
  }

  private static RebuildProgress progress(Rebuild rebuild) {
    Rebuild.Progress progress = rebuild.progress();
    return new RebuildProgress(
        name(rebuild.kind()),
        rebuild.version().number(),
        name(rebuild.state()),
        rebuild.reason(),
        progress.done(),
        progress.total() - progress.done(),
        progress.perSecond(),
        progress.secondsLeft());
  }

  private static @Nullable String reason(WorkerProgress worker) {
    if (worker.reason() != null) {
      return worker.reason();
    }
    return worker.partitions().stream()
        .filter(partition -> partition.reason() != null)
        .map(partition -> partition.partition() + ": " + partition.reason())
        .findFirst()
        .orElse(null);
  }

  private static PartitionAnswer own(PartitionProgress own, Instant now) {
    boolean known = own.lagEvents() != PartitionProgress.UNKNOWN;
    boolean claimed = own.state() != WorkState.STARTING;
    return new PartitionAnswer(
        own.partition().topic(),
        own.partition().partition(),
        name(own.state()),
        own.reason(),
        claimed ? own.position().sequence() : null,
        known ? own.lagEvents() : null,
        known ? own.lagSeconds(now) : null);
  }

  private Map<TopicPartitionName, PartitionAnswer> elsewhere(
      WorkerProgress worker, Set<TopicPartitionName> others, Instant now) {
    Map<TopicPartitionName, OwnedPosition> positions = stored.positions(worker);
    Map<TopicPartitionName, Long> ends = stored.ends(others);
    var answers = new TreeMap<TopicPartitionName, PartitionAnswer>();
    for (TopicPartitionName partition : others) {
      answers.put(
          partition, elsewhere(partition, positions.get(partition), ends.get(partition), now));
    }
    return answers;
  }

  private static PartitionAnswer elsewhere(
      TopicPartitionName partition,
      @Nullable OwnedPosition position,
      @Nullable Long end,
      Instant now) {
    Long lag =
        position == null || end == null
            ? null
            : Long.valueOf(Math.max(0, end - position.position().nextOffset()));
    return new PartitionAnswer(
        partition.topic(),
        partition.partition(),
        ELSEWHERE,
        null,
        position == null ? null : position.position().sequence(),
        lag,
        position == null || lag == null ? null : sinceMoved(position, lag, now));
  }

  /** Another's worker alone knows the age of its oldest event; the last move is at least as old. */
  private static Long sinceMoved(OwnedPosition position, long lag, Instant now) {
    return lag == 0 ? 0 : Math.max(0, Duration.between(position.movedAt(), now).toSeconds());
  }
}
