package dev.foldstream.commandservice.deciders;

import dev.foldstream.commandservice.decisions.Decisions;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Deciders by address: {@code <domain>.<aggregate>}, or the aggregate's name alone when no other
 * domain has one of this name.
 */
@Singleton
public final class FoundDeciders {

  private final Decisions decisions;

  FoundDeciders(Decisions decisions) {
    this.decisions = decisions;
  }

  List<DecisionApplication> all() {
    return decisions.applications();
  }

  public DecisionApplication at(String address) {
    List<DecisionApplication> found =
        all().stream()
            .filter(one -> one.name().equals(address) || one.name().endsWith("." + address))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    List<String> known = all().stream().map(DecisionApplication::name).toList();
    throw new ProblemException(
            ProblemType.UNKNOWN_AGGREGATE,
            "Wanted the address of one decider, <domain>.<aggregate>; found %d of the name '%s' among %s"
                .formatted(
                    found.size(),
                    address.length() > 100 ? address.substring(0, 100) : address,
                    known))
        .member("aggregates", known);
  }
}
