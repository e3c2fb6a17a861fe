package dev.foldstream.projector.projections;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.projector.projection.PartitionProgress;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.projector.projection.WorkState;
import dev.foldstream.projector.projection.WorkerProgress;
import dev.foldstream.projector.projections.ProjectionAnswers.PartitionAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.StoreAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.VersionAnswer;
import dev.foldstream.projector.rebuild.RebuildDesk;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.VersionState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what this host's workers know and what stores and log say of the rest. */
@Singleton
final class ProjectionReport {

  private static final String ELSEWHERE = "elsewhere";

  private final Projector projector;
  private final StoredPositions stored;
  private final RebuildDesk rebuilds;

  ProjectionReport(Projector projector, StoredPositions stored, RebuildDesk rebuilds) {
    this.projector = projector;
    this.stored = stored;
    this.rebuilds = rebuilds;
  }

  /** In order of address. */
  List<ProjectionAnswer> all() {
    Map<String, List<WorkerProgress>> byView = new LinkedHashMap<>();
    for (WorkerProgress worker : projector.progress()) {
      byView.computeIfAbsent(worker.target().address(), a -> new ArrayList<>()).add(worker);
    }
    return byView.values().stream().map(this::view).toList();
  }

  private ProjectionAnswer view(List<WorkerProgress> workers) {
    Map<Integer, List<WorkerProgress>> byVersion =
        workers.stream()
            .filter(worker -> worker.version() > 0)
            .collect(
                Collectors.groupingBy(WorkerProgress::version, TreeMap::new, Collectors.toList()));
    List<WorkerProgress> unknown = workers.stream().filter(w -> w.version() == 0).toList();
    var target = workers.getFirst().target();
    Integer live = byVersion.isEmpty() ? null : byVersion.keySet().iterator().next();
    if (!unknown.isEmpty()) {
      byVersion.computeIfAbsent(live == null ? 1 : live, v -> new ArrayList<>()).addAll(unknown);
    }
    return new ProjectionAnswer(
        target.address(),
        target.view().domain(),
        live,
        state(workers),
        Stream.concat(
                byVersion.entrySet().stream().map(e -> version(e.getKey(), e.getValue())),
                beside(workers))
            .toList());
  }

  /** Versions that are not live in their store: built ones, and those kept for a rollback. */
  private Stream<VersionAnswer> beside(List<WorkerProgress> workers) {
    return workers.stream()
        .flatMap(
            worker ->
                rebuilds.versions(worker.target()).stream()
                    .filter(version -> version.state() != VersionState.LIVE)
                    .map(version -> beside(worker.target().storeName(), version)));
  }

  private static VersionAnswer beside(String store, KeptVersion version) {
    String state = version.state().name().toLowerCase(Locale.ROOT);
    return new VersionAnswer(
        version.number(),
        state,
        null,
        null,
        null,
        List.of(new StoreAnswer(store, state, null, null, null, null, null, List.of())));
  }

  private static String state(List<WorkerProgress> workers) {
    return name(
        workers.stream().map(WorkerProgress::worst).reduce(WorkState.RUNNING, WorkState::worse));
  }

  private static String name(WorkState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private VersionAnswer version(int version, List<WorkerProgress> workers) {
    List<StoreAnswer> stores = workers.stream().map(this::store).toList();
    return new VersionAnswer(
        version,
        state(workers),
        over(stores, StoreAnswer::lagEvents, Long::sum),
        over(stores, StoreAnswer::lagSeconds, Math::max),
        least(stores),
        stores);
  }

  private StoreAnswer store(WorkerProgress worker) {
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
    Long lag = over(all, PartitionAnswer::lagEvents, Long::sum);
    Long done = over(all, PartitionAnswer::sequence, Long::sum);
    return new StoreAnswer(
        worker.target().storeName(),
        name(worker.worst()),
        reason(worker),
        lag,
        over(all, PartitionAnswer::lagSeconds, Math::max),
        progress(done, lag),
        stored.quarantined(worker),
        all);
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
      OwnedPosition position = positions.get(partition);
      Long end = ends.get(partition);
      Long lag =
          position == null || end == null
              ? null
              : Long.valueOf(Math.max(0, end - position.position().nextOffset()));
      answers.put(
          partition,
          new PartitionAnswer(
              partition.topic(),
              partition.partition(),
              ELSEWHERE,
              null,
              position == null ? null : position.position().sequence(),
              lag,
              position == null || lag == null ? null : sinceMoved(position, lag, now)));
    }
    return answers;
  }

  /** Another's worker alone knows the age of its oldest event; the last move is at least as old. */
  private static Long sinceMoved(OwnedPosition position, long lag, Instant now) {
    return lag == 0 ? 0 : Math.max(0, Duration.between(position.movedAt(), now).toSeconds());
  }

  private static @Nullable Double progress(@Nullable Long done, @Nullable Long lag) {
    if (done == null || lag == null) {
      return null;
    }
    return lag == 0 ? 1.0 : (double) done / (done + lag);
  }

  /** Nothing, when any part is not known. */
  private static <P> @Nullable Long over(
      Collection<P> parts, Function<P, @Nullable Long> number, LongBinaryOperator join) {
    long joined = 0;
    for (P part : parts) {
      Long next = number.apply(part);
      if (next == null) {
        return null;
      }
      joined = join.applyAsLong(joined, next);
    }
    return joined;
  }

  private static @Nullable Double least(List<StoreAnswer> stores) {
    double least = 1;
    for (StoreAnswer store : stores) {
      Double next = store.progress();
      if (next == null) {
        return null;
      }
      least = Math.min(least, next);
    }
    return least;
  }
}
