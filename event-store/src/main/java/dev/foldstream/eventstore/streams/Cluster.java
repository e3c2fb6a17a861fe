package dev.foldstream.eventstore.streams;

import dev.foldstream.eventstore.log.LogReader;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application asks the cluster before and between its runs. */
public final class Cluster implements AutoCloseable {

  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final String bootstrapServers;
  private final Admin admin;

  public Cluster(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) ANSWER_WITHIN.toMillis() / 2,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ANSWER_WITHIN.toMillis()));
  }

  public Admin admin() {
    return admin;
  }

  /** Throws when the topic is not there. */
  public TopicDescription topic(String name) {
    Map<String, TopicDescription> found =
        answer("describe the topic " + name, admin.describeTopics(List.of(name)).allTopicNames());
    return Objects.requireNonNull(found.get(name), name);
  }

  public LogEnds logEnds(String eventsTopic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) ANSWER_WITHIN.toMillis());
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return new LogEnds(new LogReader(consumer).lastEvents(eventsTopic));
    }
  }

  /** The streams protocol takes its time-outs and standbys from the group, not from the client. */
  public void setGroup(String group, int standbys) {
    var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    Collection<AlterConfigOp> changes =
        List.of(
            set("streams.session.timeout.ms", StreamsSettings.SESSION.toMillis()),
            set("streams.heartbeat.interval.ms", StreamsSettings.HEARTBEAT.toMillis()),
            set("streams.num.standby.replicas", standbys));
    try {
      answer(
          "set the time-outs and standbys of group " + group,
          admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
    } catch (KafkaUnreachableException unreachable) {
      throw unreachable;
    } catch (RuntimeException refused) {
      LOG.warn(
          "The cluster keeps its own time-outs and standbys for group {}, so a killed instance is"
              + " missed later: {}. Mend: lower group.streams.min.session.timeout.ms and"
              + " group.streams.min.heartbeat.interval.ms of the brokers",
          group,
          refused.getMessage());
    }
  }

  private static AlterConfigOp set(String name, long value) {
    return new AlterConfigOp(new ConfigEntry(name, Long.toString(value)), AlterConfigOp.OpType.SET);
  }

  /** Waits for an answer, within a bound. */
  public static <T> T answer(String wanted, KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new KafkaUnreachableException(wanted, ANSWER_WITHIN, late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException(wanted, ANSWER_WITHIN, stopped);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      if (cause instanceof RetriableException) {
        throw new KafkaUnreachableException(wanted, ANSWER_WITHIN, cause);
      }
      throw cause instanceof RuntimeException runtime
          ? runtime
          : new IllegalStateException("wanted to %s; it failed".formatted(wanted), cause);
    }
  }

  @Override
  public void close() {
    admin.close(ANSWER_WITHIN);
  }
}
