package dev.foldstream.topologyservice.health;

import dev.foldstream.topologyservice.running.Observed;
import dev.foldstream.topologyservice.running.Observed.State;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Down while the registry cannot be read. A topology that does not run is DEGRADED and named: it is
 * its own fault as a rule, and no reason to take the process away from the others.
 */
@Singleton
final class TopologiesHealth implements HealthIndicator {

  private static final HealthStatus DEGRADED =
      new HealthStatus("DEGRADED", "some topologies do not run", true, null);

  private final Topologies topologies;

  TopologiesHealth(Topologies topologies) {
    this.topologies = topologies;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Mono.fromSupplier(this::result);
  }

  private HealthResult result() {
    var details = new TreeMap<String, Object>();
    boolean all = true;
    for (Run run : topologies.all()) {
      Observed observed = run.observed();
      all &= observed.state() != State.PARKED && observed.state() != State.WAITING;
      details.put(run.version().name() + "-v" + run.version().version(), details(observed));
    }
    boolean read = topologies.registry().complete() && topologies.registry().failure() == null;
    if (!read) {
      String failure = topologies.registry().failure();
      details.put("registry", failure == null ? "is being read" : failure);
    }
    HealthStatus status = all ? HealthStatus.UP : DEGRADED;
    return HealthResult.builder("topologies", read ? status : HealthStatus.DOWN)
        .details(details)
        .build();
  }

  private static Map<String, Object> details(Observed observed) {
    var details = new LinkedHashMap<String, Object>();
    details.put("state", observed.state().name());
    details.put("since", observed.since().toString());
    if (observed.reason() != null) {
      details.put("reason", observed.reason());
    }
    return details;
  }
}
