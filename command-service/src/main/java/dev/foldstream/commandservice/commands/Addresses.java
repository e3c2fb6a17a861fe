package dev.foldstream.commandservice.commands;

import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.StreamName;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

/** Finds what a caller names, or says what there is. */
@Singleton
public final class Addresses {

  private final FoundDomains domains;

  Addresses(FoundDomains domains) {
    this.domains = domains;
  }

  FoundAggregate aggregate(String domain, String aggregate) {
    if (domains.domain(domain).isEmpty()) {
      List<String> known = domains.all().stream().map(Domain::name).toList();
      throw unknown(ProblemType.UNKNOWN_DOMAIN, "domain", domain, "domains", known);
    }
    return domains
        .aggregate(domain, aggregate)
        .orElseThrow(
            () ->
                unknown(
                    ProblemType.UNKNOWN_AGGREGATE,
                    "aggregate",
                    aggregate,
                    "aggregates",
                    aggregates(domain)));
  }

  Class<? extends Record> command(FoundAggregate aggregate, String command) {
    return aggregate
        .command(command)
        .orElseThrow(
            () ->
                unknown(
                    ProblemType.UNKNOWN_COMMAND,
                    "command",
                    command,
                    "commands",
                    aggregate.commands().keySet().stream().sorted().toList()));
  }

  /** The stream of an aggregate, its id checked. */
  public StreamName stream(String domain, String aggregate, String id) {
    FoundAggregate found = aggregate(domain, aggregate);
    var fault = AggregateId.fault(id);
    if (fault.isPresent()) {
      throw new ProblemException(
              ProblemType.INVALID_COMMAND, "The id of the aggregate is not one: " + fault.get())
          .fault(Fault.parameter("id", fault.get()));
    }
    return new StreamName(domain, found.name(), id);
  }

  private List<String> aggregates(String domain) {
    return domains.aggregates().stream()
        .filter(found -> found.domain().equals(domain))
        .map(FoundAggregate::name)
        .toList();
  }

  private static ProblemException unknown(
      ProblemType type, String kind, String found, String kinds, Collection<String> known) {
    int shown = 100;
    String name = found.length() <= shown ? found : found.substring(0, shown) + "...";
    return new ProblemException(
            type, "There is no %s '%s'; there are %s".formatted(kind, name, known))
        .member(kinds, List.copyOf(known));
  }
}
