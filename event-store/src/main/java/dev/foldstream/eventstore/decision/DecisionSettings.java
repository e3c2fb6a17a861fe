package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.eventstore.topics.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the decisions of every aggregate type are run.
 *
 * @param stateDirectory of this instance alone
 * @param groupProtocol {@link #STREAMS} or {@link #CLASSIC}; a live group is never moved from one
 *     to the other
 * @param remember how long command ids are remembered, at least
 * @param standbys copies of each store on other instances
 */
public record DecisionSettings(
    String bootstrapServers,
    Path stateDirectory,
    TopicSettings topics,
    String groupProtocol,
    Duration remember,
    int standbys) {

  public static final String STREAMS = StreamsSettings.STREAMS;
  public static final String CLASSIC = StreamsSettings.CLASSIC;
  public static final Duration REMEMBER = Duration.ofHours(24);

  public static DecisionSettings of(
      String bootstrapServers, Path stateDirectory, TopicSettings topics) {
    return new DecisionSettings(bootstrapServers, stateDirectory, topics, STREAMS, REMEMBER, 0);
  }

  StreamsSettings streams() {
    return new StreamsSettings(bootstrapServers, stateDirectory, topics, groupProtocol, standbys);
  }
}
