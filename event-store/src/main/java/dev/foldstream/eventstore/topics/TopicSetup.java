package dev.foldstream.eventstore.topics;

import dev.foldstream.kernel.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing and checks those that exist. Changes nothing that exists: a
 * topic that is wrong is refused, with how to mend it.
 */
public final class TopicSetup {

  /** How long one question to the cluster may take. */
  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  /** How often a topic just created is looked for before that counts as a fault. */
  static final int MAX_LOOKS = 50;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private final Admin admin;
  private final List<TopicPlan> plans;

  private TopicSetup(Admin admin, List<TopicPlan> plans) {
    this.admin = admin;
    this.plans = plans;
  }

  /**
   * Returns when every topic of these domains exists as it must.
   *
   * @throws TopicMismatchException naming every fault of the cluster and of all topics
   * @throws KafkaUnreachableException when the cluster does not answer in time
   */
  public static void prepare(Admin admin, Collection<Domain> domains, TopicSettings settings) {
    var setup = new TopicSetup(admin, TopicPlan.of(domains, settings));
    setup.createMissing();
    setup.check();
  }

  /** The topic in which the desired state of registered topologies is kept. */
  public static void prepareTopologies(Admin admin, TopicSettings settings) {
    var setup = new TopicSetup(admin, List.of(TopicPlan.topologies(settings)));
    setup.createMissing();
    setup.check();
  }

  /**
   * Creates what a registered topology writes and is not there yet. Of a topic that is there only
   * the number of partitions is checked: it may be anybody's.
   *
   * @param partitions by topic
   */
  public static void prepareSinks(
      Admin admin, Map<String, Integer> partitions, TopicSettings settings) {
    var plans =
        partitions.entrySet().stream()
            .map(sink -> TopicPlan.ofTopology(sink.getKey(), sink.getValue(), settings))
            .toList();
    var setup = new TopicSetup(admin, plans);
    setup.createMissing();
    Map<String, TopicDescription> found = setup.visibleTopics();
    var faults = new ArrayList<String>();
    partitions.forEach(
        (topic, wanted) -> {
          TopicDescription description = found.get(topic);
          int there = description == null ? 0 : description.partitions().size();
          if (there != wanted) {
            faults.add(
                "topic %s must have %d partitions; found %d. Mend: name another topic, or make it anew"
                    .formatted(topic, wanted, there));
          }
        });
    if (!faults.isEmpty()) {
      throw new TopicMismatchException(faults);
    }
  }

  private void createMissing() {
    Set<String> existing = answer("list the topics", admin.listTopics().names());
    var missing = plans.stream().filter(plan -> !existing.contains(plan.name())).toList();
    if (missing.isEmpty()) {
      return;
    }
    List<NewTopic> topics = missing.stream().map(TopicPlan::newTopic).toList();
    var created = admin.createTopics(topics).values();
    for (var topic : created.entrySet()) {
      try {
        answer("create the topic " + topic.getKey(), topic.getValue());
        LOG.info("Created topic {}", topic.getKey());
      } catch (TopicExistsException otherHostWasFirst) {
        LOG.debug("Topic {} was created by another host", topic.getKey());
      }
    }
  }

  private void check() {
    var faults = new ArrayList<>(ClusterFeatures.faults(admin));
    Map<String, TopicDescription> descriptions = visibleTopics();
    Map<String, Config> configs = configs();
    for (TopicPlan plan : plans) {
      TopicDescription description = descriptions.get(plan.name());
      Config config = configs.get(plan.name());
      if (description == null || config == null) {
        faults.add("topic %s is not there although it was created".formatted(plan.name()));
      } else {
        faults.addAll(TopicFaults.of(plan, description, config));
      }
    }
    if (!faults.isEmpty()) {
      throw new TopicMismatchException(faults);
    }
  }

  private Map<String, TopicDescription> visibleTopics() {
    Set<String> names = plans.stream().map(TopicPlan::name).collect(Collectors.toSet());
    UnknownTopicOrPartitionException last = new UnknownTopicOrPartitionException();
    for (int look = 1; look <= MAX_LOOKS; look++) {
      try {
        return answer("describe the topics", admin.describeTopics(names).allTopicNames());
      } catch (UnknownTopicOrPartitionException notYet) {
        last = notYet;
        pause();
      }
    }
    throw new KafkaUnreachableException(
        "see the topics just created", BETWEEN_LOOKS.multipliedBy(MAX_LOOKS), last);
  }

  private Map<String, Config> configs() {
    var resources =
        plans.stream()
            .map(plan -> new ConfigResource(ConfigResource.Type.TOPIC, plan.name()))
            .toList();
    Map<ConfigResource, Config> configs =
        answer("read the topics' settings", admin.describeConfigs(resources).all());
    return configs.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
  }

  static <T> T answer(String wanted, KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new KafkaUnreachableException(wanted, ANSWER_WITHIN, late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException(wanted, ANSWER_WITHIN, stopped);
    } catch (ExecutionException failed) {
      throw unwrapped(wanted, failed);
    }
  }

  private static RuntimeException unwrapped(String wanted, ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof UnknownTopicOrPartitionException unknown) {
      return unknown;
    }
    if (cause instanceof RetriableException) {
      return new KafkaUnreachableException(wanted, ANSWER_WITHIN, cause);
    }
    return cause instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("wanted to %s; it failed".formatted(wanted), cause);
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException("wait for topics", BETWEEN_LOOKS, stopped);
    }
  }
}
