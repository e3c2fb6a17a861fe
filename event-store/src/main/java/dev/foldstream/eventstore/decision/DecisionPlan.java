package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.time.Duration;
import org.apache.kafka.common.Uuid;

/**
 * What all tasks of one aggregate type share.
 *
 * @param partitions of the commands, events and outcomes topics
 * @param commandsTopicId of the topic the offsets belong to
 * @param remember how long command ids are remembered
 */
record DecisionPlan<C, S, E>(
    String domain,
    String aggregate,
    Topics topics,
    int stateVersion,
    AggregateDecider<C, S, E> decider,
    AggregateEntryCodec<S> entries,
    OutcomeBytes outcomeBytes,
    DecisionWire wire,
    int partitions,
    Uuid commandsTopicId,
    Duration remember) {

  static <C, S, E> DecisionPlan<C, S, E> of(
      Domain domain,
      Feature.Aggregate<C, S, E> aggregate,
      DecisionWire wire,
      int partitions,
      Uuid commandsTopicId,
      Duration remember) {
    return new DecisionPlan<>(
        domain.name(),
        aggregate.name(),
        topicsOf(domain, aggregate),
        aggregate.stateVersion(),
        new AggregateDecider<>(aggregate),
        new AggregateEntryCodec<>(aggregate, domain.name()),
        new OutcomeBytes(domain.name(), aggregate.name()),
        wire,
        partitions,
        commandsTopicId,
        remember);
  }

  /** Another meaning or shape of the state is another application, with a store of its own. */
  String applicationId() {
    return applicationId(domain, aggregate, stateVersion, entries.fingerprint());
  }

  static String applicationId(
      String domain, String aggregate, int stateVersion, String fingerprint) {
    return "%sv%d-%s".formatted(applicationPrefix(domain, aggregate), stateVersion, fingerprint);
  }

  /** What the ids of all versions begin with. */
  String applicationPrefix() {
    return applicationPrefix(domain, aggregate);
  }

  private static String applicationPrefix(String domain, String aggregate) {
    return "%s.%s.decisions-".formatted(domain, aggregate);
  }

  /** The four topics of an aggregate type. */
  record Topics(String commands, String events, String outcomes, String quarantine) {
    static Topics of(String domain, String aggregate) {
      return new Topics(
          TopicNames.commands(domain, aggregate),
          TopicNames.events(domain, aggregate),
          TopicNames.outcomes(domain, aggregate),
          TopicNames.quarantine(domain, aggregate));
    }
  }

  static Topics topicsOf(Domain domain, Feature.Aggregate<?, ?, ?> aggregate) {
    return Topics.of(domain.name(), aggregate.name());
  }

  String commandsTopic() {
    return topics.commands();
  }

  String eventsTopic() {
    return topics.events();
  }

  String outcomesTopic() {
    return topics.outcomes();
  }

  String quarantineTopic() {
    return topics.quarantine();
  }

  /** Where Kafka Streams keeps the store of this application. */
  String changelogTopic() {
    return applicationId() + "-" + DecisionTopology.STORE + "-changelog";
  }
}
