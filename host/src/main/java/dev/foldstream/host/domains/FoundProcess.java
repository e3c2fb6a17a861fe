package dev.foldstream.host.domains;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.Feature;
import java.util.List;
import java.util.Map;

/**
 * A process with what it follows and what it tells.
 *
 * @param domain the name of its domain
 * @param aggregates those whose events it follows, in order of name
 */
public record FoundProcess(
    String domain, Feature.Process<?, ?, ?> feature, List<FoundAggregate> aggregates) {

  public FoundProcess {
    aggregates = List.copyOf(aggregates);
    progress(domain, feature);
  }

  public String name() {
    return feature.name();
  }

  /** Its progress, the only type of its events, by simple name. */
  public Map<String, Class<? extends Record>> events() {
    return progress(domain, feature);
  }

  private static Map<String, Class<? extends Record>> progress(
      String domain, Feature.Process<?, ?, ?> feature) {
    return SealedRecords.byName("progress of " + domain + "." + feature.name(), feature.progress());
  }

  /** Where its progress goes. */
  public String eventsTopic() {
    return TopicNames.events(domain, feature.name());
  }

  /** Whether its progress is one of the events that a view follows. */
  boolean feeds(Class<?> followed) {
    return followed.isAssignableFrom(feature.progress());
  }
}
