package dev.foldstream.projector.health;

import dev.foldstream.projector.projection.PartitionProgress;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.projector.projection.WorkState;
import dev.foldstream.projector.projection.WorkerProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Gauges of each view in each store, over the partitions that this process owns. */
@Singleton
final class ProjectionMetrics implements MeterBinder {

  private final Projector projector;
  private final Map<ProjectionTarget, List<Meter>> meters = new HashMap<>();

  ProjectionMetrics(Projector projector) {
    this.projector = projector;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    projector.watch(() -> update(registry));
    update(registry);
  }

  /** Views of registered topologies come and go. */
  private synchronized void update(MeterRegistry registry) {
    var now = projector.progress().stream().map(WorkerProgress::target).toList();
    List.copyOf(meters.keySet()).stream()
        .filter(target -> !now.contains(target))
        .flatMap(target -> Objects.requireNonNull(meters.remove(target)).stream())
        .forEach(registry::remove);
    now.forEach(target -> meters.computeIfAbsent(target, it -> metersOf(it, registry)));
  }

  private List<Meter> metersOf(ProjectionTarget target, MeterRegistry registry) {
    Tags tags = Tags.of("view", target.view().path(), "store", target.storeName());
    var made = new ArrayList<Meter>();
    gauges()
        .forEach(
            (name, value) ->
                made.add(
                    Gauge.builder(
                            "foldstream.projection." + name, projector, p -> of(p, target, value))
                        .tags(tags)
                        .register(registry)));
    made.add(
        FunctionCounter.builder(
                "foldstream.projection.events",
                projector,
                p -> of(p, target, WorkerProgress::events))
            .tags(tags)
            .register(registry));
    return made;
  }

  private static double of(
      Projector projector, ProjectionTarget target, ToDoubleFunction<WorkerProgress> value) {
    WorkerProgress progress = projector.progress(target);
    return progress == null ? 0 : value.applyAsDouble(progress);
  }

  private static Map<String, ToDoubleFunction<WorkerProgress>> gauges() {
    return Map.of(
        "lag.events",
        ProjectionMetrics::events,
        "lag.seconds",
        ProjectionMetrics::seconds,
        "partitions",
        worker -> worker.partitions().size(),
        "stopped",
        ProjectionMetrics::stopped,
        "quarantined",
        WorkerProgress::quarantined,
        "paused",
        worker -> worker.state() == WorkState.PAUSED ? 1 : 0);
  }

  private static double events(WorkerProgress worker) {
    return worker.partitions().stream()
        .mapToLong(PartitionProgress::lagEvents)
        .map(lag -> Math.max(0, lag))
        .sum();
  }

  private static double seconds(WorkerProgress worker) {
    Instant now = Instant.now();
    return worker.partitions().stream().mapToLong(p -> p.lagSeconds(now)).max().orElse(0);
  }

  private static double stopped(WorkerProgress worker) {
    long partitions =
        worker.partitions().stream().filter(p -> p.state() == WorkState.STOPPED).count();
    return worker.state() == WorkState.STOPPED ? Math.max(1, partitions) : partitions;
  }
}
