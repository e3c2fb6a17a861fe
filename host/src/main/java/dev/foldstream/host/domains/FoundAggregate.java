package dev.foldstream.host.domains;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.Feature;
import java.util.Map;
import java.util.Optional;

/**
 * An aggregate type with its records by simple name, in order of name.
 *
 * @param domain the name of its domain
 */
public record FoundAggregate(
    String domain,
    Feature.Aggregate<?, ?, ?> feature,
    Map<String, Class<? extends Record>> commands,
    Map<String, Class<? extends Record>> events) {

  static FoundAggregate of(String domain, Feature.Aggregate<?, ?, ?> feature) {
    String name = domain + "." + feature.name();
    return new FoundAggregate(
        domain,
        feature,
        SealedRecords.byName("commands of " + name, feature.commands()),
        SealedRecords.byName("events of " + name, feature.events()));
  }

  public String name() {
    return feature.name();
  }

  public Optional<Class<? extends Record>> command(String simpleName) {
    return Optional.ofNullable(commands.get(simpleName));
  }

  public String eventsTopic() {
    return TopicNames.events(domain, feature.name());
  }

  /** Whether any of its events is one of those that a view or process follows. */
  boolean feeds(Class<?> followed) {
    return events.values().stream().anyMatch(followed::isAssignableFrom);
  }
}
