package dev.foldstream.projector.health;

import dev.foldstream.projector.projection.Projector;
import dev.foldstream.projector.projection.WorkState;
import dev.foldstream.projector.projection.WorkerProgress;
import io.micronaut.core.annotation.NonNull;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/**
 * Degraded while any view waits or stands still: the process is as it should be and restarting it
 * would not help, so this is no reason to take it away.
 */
@Singleton
final class ProjectionsHealth implements HealthIndicator {

  static final HealthStatus DEGRADED =
      new HealthStatus("DEGRADED", "some views wait or stand still", true, 500);

  private final Projector projector;

  ProjectionsHealth(Projector projector) {
    this.projector = projector;
  }

  @Override
  public @NonNull Publisher<HealthResult> getResult() {
    List<WorkerProgress> workers = projector.progress();
    var details = new TreeMap<String, Object>();
    for (WorkerProgress worker : workers) {
      details.put(
          worker.target().address() + "/" + worker.target().storeName(),
          worker.worst().name().toLowerCase(Locale.ROOT));
    }
    boolean well =
        workers.stream()
            .map(WorkerProgress::worst)
            .allMatch(state -> state == WorkState.RUNNING || state == WorkState.STARTING);
    return Publishers.just(
        HealthResult.builder("projections", well ? HealthStatus.UP : DEGRADED)
            .details(details)
            .build());
  }
}
