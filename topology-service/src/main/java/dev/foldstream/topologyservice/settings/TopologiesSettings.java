package dev.foldstream.topologyservice.settings;

import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.host.settings.Check;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How registered topologies are run.
 *
 * @param max topologies that may be registered at once
 * @param versionsKept of each topology, beside those that run or may be rolled back to
 * @param documentBytes how long a document may be
 * @param promoteLag events that a candidate may be behind when it is promoted
 * @param handOverWithin how long a promotion may take
 * @param standbys copies of each store on other instances
 * @param watchers callers that follow the changes at once
 * @param startWithin how long a start waits for Kafka and the registry
 */
@Context
@ConfigurationProperties("foldstream.topologies")
public record TopologiesSettings(
    @Bindable(defaultValue = "200") int max,
    @Bindable(defaultValue = "50") int versionsKept,
    @Bindable(defaultValue = "262144") int documentBytes,
    @Bindable(defaultValue = "100") long promoteLag,
    @Bindable(defaultValue = "60s") Duration handOverWithin,
    @Bindable(defaultValue = "0") int standbys,
    @Bindable(defaultValue = "100") int watchers,
    @Bindable(defaultValue = "2m") Duration startWithin,
    @Value("${foldstream.state-directory:.foldstream/state}") String stateDirectory) {

  private static final String NAME = "foldstream.topologies.";
  private static final int MOST_TOPOLOGIES = 1_000;
  private static final int MOST_VERSIONS = 1_000;
  private static final int MOST_BYTES = 900_000;
  private static final int MOST_WATCHERS = 10_000;
  private static final int MOST_SECONDS = 3_600;

  public TopologiesSettings {
    Check.between(NAME + "max", max, 1, MOST_TOPOLOGIES);
    Check.between(NAME + "versions-kept", versionsKept, 1, MOST_VERSIONS);
    Check.between(NAME + "document-bytes", documentBytes, 1_000, MOST_BYTES);
    Check.between(NAME + "promote-lag", promoteLag, 0, Long.MAX_VALUE);
    Check.between(NAME + "hand-over-within", handOverWithin.toSeconds(), 5, MOST_SECONDS);
    Check.between(NAME + "standbys", standbys, 0, StreamsSettings.MAX_STANDBYS);
    Check.between(NAME + "watchers", watchers, 1, MOST_WATCHERS);
    Check.between(NAME + "start-within", startWithin.toSeconds(), 1, MOST_SECONDS);
    Check.notBlank("foldstream.state-directory", stateDirectory);
  }

  /**
   * What Kafka Streams is told. Always the classic group protocol: the streams protocol takes no
   * other topology for a group, and that is what a change in place is.
   */
  public StreamsSettings streams(KafkaSettings kafka, TopicsSettings topics) {
    return new StreamsSettings(
        kafka.servers(),
        Path.of(stateDirectory),
        topics.asTopicSettings(),
        StreamsSettings.CLASSIC,
        standbys);
  }
}
