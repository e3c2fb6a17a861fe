package dev.foldstream.commandservice.decisions;

import dev.foldstream.eventstore.decision.DecisionSettings;
import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.host.settings.Check;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.host.start.StartRefusedException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How decisions are run.
 *
 * @param groupProtocol {@code streams} or {@code classic}
 * @param remember how long command ids are remembered, at least
 * @param standbys copies of each store on other instances
 */
@Context
@ConfigurationProperties("foldstream.decisions")
public record DecisionsSettings(
    @Bindable(defaultValue = DecisionSettings.STREAMS) String groupProtocol,
    @Bindable(defaultValue = "24h") Duration remember,
    @Bindable(defaultValue = "0") int standbys,
    @Value("${foldstream.state-directory:.foldstream/state}") String stateDirectory) {

  private static final long LONGEST_MEMORY_HOURS = 24 * 365;

  public DecisionsSettings {
    Check.between("foldstream.decisions.remember", remember.toHours(), 0, LONGEST_MEMORY_HOURS);
    Check.between("foldstream.decisions.standbys", standbys, 0, StreamsSettings.MAX_STANDBYS);
    Check.notBlank("foldstream.state-directory", stateDirectory);
    if (!groupProtocol.equals(DecisionSettings.STREAMS)
        && !groupProtocol.equals(DecisionSettings.CLASSIC)) {
      throw new StartRefusedException(
          "The setting foldstream.decisions.group-protocol is %s or %s; found '%s'."
              .formatted(DecisionSettings.STREAMS, DecisionSettings.CLASSIC, groupProtocol));
    }
  }

  DecisionSettings asDecisionSettings(KafkaSettings kafka, TopicsSettings topics) {
    return new DecisionSettings(
        kafka.servers(),
        Path.of(stateDirectory),
        topics.asTopicSettings(),
        groupProtocol,
        remember,
        standbys);
  }
}
