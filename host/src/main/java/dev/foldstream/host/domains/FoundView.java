package dev.foldstream.host.domains;

import dev.foldstream.kernel.Feature;
import java.util.List;

/**
 * A view with what feeds it.
 *
 * @param domain the name of its domain
 * @param address how callers name it: its name, or {@code <domain>.<name>} when several domains
 *     have a view of this name
 * @param topics the events topics of the aggregates and processes that feed it, in order of name
 */
public record FoundView(
    String domain, String address, Feature.View<?, ?> feature, List<String> topics) {

  public FoundView {
    topics = topics.stream().sorted().toList();
  }

  public String name() {
    return feature.name();
  }
}
