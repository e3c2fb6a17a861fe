package dev.foldstream.commandservice.health;

import dev.foldstream.commandservice.decisions.Decisions;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.decision.DecisionHealth;
import dev.foldstream.eventstore.decision.FoldProgress;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Up when every decision application runs. */
@Singleton
final class DecisionHealthIndicator implements HealthIndicator {

  private final Decisions decisions;

  DecisionHealthIndicator(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Mono.fromSupplier(this::result);
  }

  private HealthResult result() {
    boolean up = true;
    var details = new TreeMap<String, Object>();
    for (DecisionApplication application : decisions.applications()) {
      DecisionHealth health = application.health();
      up &= health.state() == DecisionHealth.State.RUNNING;
      details.put(application.name(), details(health, application.fold()));
    }
    return HealthResult.builder("decisions", up ? HealthStatus.UP : HealthStatus.DOWN)
        .details(details)
        .build();
  }

  private static Map<String, Object> details(DecisionHealth health, FoldProgress fold) {
    var details = new LinkedHashMap<String, Object>();
    details.put("state", health.state().name());
    details.put("partitions", health.partitions());
    details.put("failures", health.failures());
    if (health.lastFailure() != null) {
      details.put("lastFailure", health.lastFailure());
    }
    if (fold.state() == FoldProgress.State.FOLDING) {
      details.put("eventsFolded", fold.eventsFolded());
      details.put("eventsToDo", fold.eventsToDo());
    }
    return details;
  }
}
