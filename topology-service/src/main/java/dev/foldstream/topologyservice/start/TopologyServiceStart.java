package dev.foldstream.topologyservice.start;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicMismatchException;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the registry's topic, which refuses the start when it is wrong, and begins to run what
 * is registered behind it, while requests are answered already.
 */
@Context
final class TopologyServiceStart {

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(TopologyServiceStart.class);

  private final Cluster cluster;
  private final KafkaSettings kafka;
  private final TopicsSettings topics;
  private final TopologiesSettings settings;
  private final Topologies topologies;
  private final LagBoard lags;

  TopologyServiceStart(
      Cluster cluster,
      KafkaSettings kafka,
      TopicsSettings topics,
      TopologiesSettings settings,
      Topologies topologies,
      LagBoard lags) {
    this.cluster = cluster;
    this.kafka = kafka;
    this.topics = topics;
    this.settings = settings;
    this.topologies = topologies;
    this.lags = lags;
  }

  @PostConstruct
  void start() {
    long until = System.nanoTime() + settings.startWithin().toNanos();
    while (!prepared(until)) {
      pause();
    }
    topologies.start();
    lags.start();
  }

  private boolean prepared(long untilNanos) {
    try {
      TopicSetup.prepareTopologies(cluster.admin(), topics.asTopicSettings());
      return true;
    } catch (KafkaUnreachableException notYet) {
      if (System.nanoTime() > untilNanos) {
        throw new StartRefusedException(
            "Wanted to prepare the registry of topologies on Kafka at %s within %s; %s. Is it running, and is the address right?"
                .formatted(kafka.servers(), settings.startWithin(), notYet.getMessage()),
            notYet);
      }
      LOG.warn("Waiting for Kafka: {}", notYet.getMessage());
      return false;
    } catch (TopicMismatchException wrong) {
      throw new StartRefusedException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartRefusedException("The start was stopped", stopped);
    }
  }
}
