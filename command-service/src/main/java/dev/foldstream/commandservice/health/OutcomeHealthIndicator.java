package dev.foldstream.commandservice.health;

import dev.foldstream.eventstore.outcomes.OutcomeReader;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Up while outcomes are read. */
@Singleton
final class OutcomeHealthIndicator implements HealthIndicator {

  private final OutcomeReader reader;

  OutcomeHealthIndicator(OutcomeReader reader) {
    this.reader = reader;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Mono.fromSupplier(this::result);
  }

  private HealthResult result() {
    String failure = reader.failure();
    Map<String, Object> details =
        failure == null
            ? Map.of("waiting", reader.waiting())
            : Map.of("waiting", reader.waiting(), "failure", failure);
    return HealthResult.builder("outcomes", failure == null ? HealthStatus.UP : HealthStatus.DOWN)
        .details(details)
        .build();
  }
}
