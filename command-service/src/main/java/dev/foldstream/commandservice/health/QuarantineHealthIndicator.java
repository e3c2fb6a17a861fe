package dev.foldstream.commandservice.health;

import dev.foldstream.eventstore.quarantine.QuarantineIndex;
import dev.foldstream.eventstore.quarantine.QuarantineReader;
import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Always up: a quarantined command stops nothing else. The details say how many are open. */
@Singleton
final class QuarantineHealthIndicator implements HealthIndicator {

  private final QuarantineIndex index;
  private final QuarantineReader reader;
  private final FoundDomains domains;

  QuarantineHealthIndicator(QuarantineIndex index, QuarantineReader reader, FoundDomains domains) {
    this.index = index;
    this.reader = reader;
    this.domains = domains;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Mono.fromSupplier(this::result);
  }

  private HealthResult result() {
    var open = new TreeMap<String, Object>();
    for (FoundAggregate found : domains.aggregates()) {
      open.put(found.domain() + "." + found.name(), index.open(found.domain(), found.name()));
    }
    var details = new TreeMap<String, Object>();
    details.put("open", open);
    details.put("complete", reader.complete());
    details.put("leftOut", index.forgotten());
    String failure = reader.failure();
    if (failure != null) {
      details.put("failure", failure);
    }
    return HealthResult.builder("quarantine", HealthStatus.UP).details(details).build();
  }
}
