package dev.foldstream.projector.health;

import dev.foldstream.projector.projection.PartitionProgress;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.projector.projection.WorkState;
import dev.foldstream.projector.projection.WorkerProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Gauges of each view in each store, over the partitions that this process owns. */
@Singleton
final class ProjectionMetrics implements MeterBinder {

  private final Projector projector;

  ProjectionMetrics(Projector projector) {
    this.projector = projector;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    List<WorkerProgress> workers = projector.progress();
    for (int i = 0; i < workers.size(); i++) {
      int index = i;
      var target = workers.get(i).target();
      Tags tags = Tags.of("view", target.view().path(), "store", target.storeName());
      gauge(registry, "foldstream.projection.lag.events", tags, index, ProjectionMetrics::events);
      gauge(registry, "foldstream.projection.lag.seconds", tags, index, ProjectionMetrics::seconds);
      gauge(
          registry,
          "foldstream.projection.partitions",
          tags,
          index,
          worker -> worker.partitions().size());
      gauge(registry, "foldstream.projection.stopped", tags, index, ProjectionMetrics::stopped);
      gauge(
          registry, "foldstream.projection.quarantined", tags, index, WorkerProgress::quarantined);
      gauge(
          registry,
          "foldstream.projection.paused",
          tags,
          index,
          worker -> worker.state() == WorkState.PAUSED ? 1 : 0);
      FunctionCounter.builder(
              "foldstream.projection.events", projector, p -> p.progress().get(index).events())
          .tags(tags)
          .register(registry);
    }
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      Tags tags,
      int index,
      ToDoubleFunction<WorkerProgress> value) {
    Gauge.builder(name, projector, p -> value.applyAsDouble(p.progress().get(index)))
        .tags(tags)
        .register(registry);
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
