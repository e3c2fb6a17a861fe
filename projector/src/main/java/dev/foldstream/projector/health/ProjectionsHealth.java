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
 * Degraded while any view waits, stands still or has events in quarantine, unless it was paused:
 * the process is as it should be and restarting it would not help, so this is no reason to take it
 * away.
 */
@Singleton
final class ProjectionsHealth implements HealthIndicator {

  static final HealthStatus DEGRADED =
      new HealthStatus(
          "DEGRADED", "some views wait, stand still or have events in quarantine", true, 500);

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
          worker.worst().name().toLowerCase(Locale.ROOT)
              + (worker.quarantined() == 0 ? "" : ", quarantined " + worker.quarantined()));
    }
    boolean well =
        workers.stream()
            .map(WorkerProgress::worst)
            .allMatch(state -> state.compareTo(WorkState.PAUSED) <= 0);
    boolean whole = workers.stream().allMatch(worker -> worker.quarantined() == 0);
    return Publishers.just(
        HealthResult.builder("projections", well && whole ? HealthStatus.UP : DEGRADED)
            .details(details)
            .build());
  }
}
