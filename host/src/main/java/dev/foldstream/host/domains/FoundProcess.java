package dev.foldstream.host.domains;

import dev.foldstream.kernel.Feature;
import java.util.List;

/**
 * A process with what it follows.
 *
 * @param domain the name of its domain
 * @param aggregates those whose events it follows, in order of name
 */
public record FoundProcess(
    String domain, Feature.Process<?, ?, ?> feature, List<FoundAggregate> aggregates) {

  public FoundProcess {
    aggregates = List.copyOf(aggregates);
  }

  public String name() {
    return feature.name();
  }
}
