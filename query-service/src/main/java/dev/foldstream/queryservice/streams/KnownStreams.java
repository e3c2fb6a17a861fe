package dev.foldstream.queryservice.streams;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Domain;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds what a caller names, or says what there is. */
@Singleton
final class KnownStreams {

  private final FoundDomains domains;

  KnownStreams(FoundDomains domains) {
    this.domains = domains;
  }

  Stream named(String domain, String name, String id) {
    if (domains.domain(domain).isEmpty()) {
      List<String> names = domains.all().stream().map(Domain::name).toList();
      throw new ProblemException(
          ProblemType.UNKNOWN_DOMAIN,
          "There is no domain '%s'; there are %s".formatted(domain, names));
    }
    AggregateId.fault(id)
        .ifPresent(
            fault -> {
              throw new ProblemException(ProblemType.INVALID_REQUEST, fault);
            });
    return domains
        .aggregate(domain, name)
        .map(found -> new Stream(domain, name, id, found.eventsTopic(), found))
        .or(
            () ->
                domains
                    .process(domain, name)
                    .map(found -> new Stream(domain, name, id, found.eventsTopic(), null)))
        .orElseThrow(() -> unknown(domain, name));
  }

  private ProblemException unknown(String domain, String name) {
    List<String> aggregates =
        domains.aggregates().stream()
            .filter(it -> it.domain().equals(domain))
            .map(it -> it.name())
            .toList();
    List<String> processes =
        domains.processes().stream()
            .filter(it -> it.domain().equals(domain))
            .map(it -> it.name())
            .toList();
    return new ProblemException(
        ProblemType.UNKNOWN_AGGREGATE,
        "The domain '%s' has no aggregate or process '%s'; it has the aggregates %s and the processes %s"
            .formatted(domain, name, aggregates, processes));
  }
}
