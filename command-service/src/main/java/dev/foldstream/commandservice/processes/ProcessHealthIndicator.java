package dev.foldstream.commandservice.processes;

import dev.foldstream.eventstore.process.Group;
import dev.foldstream.eventstore.process.ProcessApplication;
import dev.foldstream.eventstore.recovery.StreamsHealth;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Up when every process application runs; a process that stands still does not make it down. */
@Singleton
final class ProcessHealthIndicator implements HealthIndicator {

  private final Processes processes;

  ProcessHealthIndicator(Processes processes) {
    this.processes = processes;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Mono.fromSupplier(this::result);
  }

  private HealthResult result() {
    boolean up = true;
    var details = new TreeMap<String, Object>();
    for (ProcessApplication application : processes.running()) {
      StreamsHealth health = application.health();
      up &= health.state() == StreamsHealth.State.RUNNING;
      details.put(application.name(), details(application, health));
    }
    return HealthResult.builder("processes", up ? HealthStatus.UP : HealthStatus.DOWN)
        .details(details)
        .build();
  }

  private static Map<String, Object> details(ProcessApplication application, StreamsHealth health) {
    var details = new LinkedHashMap<String, Object>();
    details.put("state", health.state().name());
    details.put("partitions", health.partitions());
    details.put("failed", application.counts().processes(Group.FAILED));
    details.put("standingStill", application.counts().processes(Group.STANDING_STILL));
    details.put("failures", health.failures());
    if (health.lastFailure() != null) {
      details.put("lastFailure", health.lastFailure());
    }
    return details;
  }
}
