package dev.foldstream.eventstore.topics;

import static dev.foldstream.eventstore.counter.CounterDomain.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterSystem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicSetupTest {

  private static final TopicSettings SETTINGS = TopicSettings.SINGLE_BROKER;
  private final Admin admin = CounterSystem.admin();

  @AfterAll
  void close() {
    admin.close();
  }

  @Test
  void missing_topics_are_created_and_a_second_look_finds_them_right() throws Exception {
    CounterDomain domain = CounterDomain.fresh();
    TopicSetup.prepare(admin, List.of(domain), SETTINGS);
    TopicSetup.prepare(admin, List.of(domain), SETTINGS);
    var names = admin.listTopics().names().get(30, TimeUnit.SECONDS);
    assertThat(names)
        .contains(
            domain.name() + ".counter.commands",
            domain.name() + ".counter.events",
            domain.name() + ".counter.outcomes",
            domain.name() + ".counter.quarantine");
  }

  @ParameterizedTest
  @CsvSource({
    "events, retention.ms, 604800000, -1",
    "events, cleanup.policy, compact, delete",
    "events, max.message.bytes, 1000, 1048576",
    "events, min.insync.replicas, 2, 1",
    "commands, message.timestamp.type, CreateTime, LogAppendTime"
  })
  void a_setting_that_breaks_a_promise_is_refused_with_how_to_mend_it(
      String kind, String setting, String found, String wanted) throws Exception {
    CounterDomain domain = CounterDomain.fresh();
    String topic = domain.name() + ".counter." + kind;
    create(topic, SETTINGS.partitions(), Map.of(setting, found));
    assertThatThrownBy(() -> TopicSetup.prepare(admin, List.of(domain), SETTINGS))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("topic %s must have %s=%s; found %s", topic, setting, wanted, found)
        .hasMessageContaining("--add-config " + setting + "=" + wanted);
  }

  @Test
  void another_number_of_partitions_is_refused_as_a_change() throws Exception {
    CounterDomain domain = CounterDomain.fresh();
    TopicSetup.prepare(admin, List.of(domain), SETTINGS);
    String topic = TopicNames.events(domain.name(), COUNTER);
    admin
        .createPartitions(Map.of(topic, NewPartitions.increaseTo(7)))
        .all()
        .get(30, TimeUnit.SECONDS);
    Awaitility.await().atMost(CounterSystem.PATIENCE).until(() -> partitions(topic) == 7);
    assertThatThrownBy(() -> TopicSetup.prepare(admin, List.of(domain), SETTINGS))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("must have 6 partitions")
        .hasMessageContaining("found 7")
        .hasMessageContaining("a change is refused");
  }

  @Test
  void all_faults_are_listed_at_once() throws Exception {
    CounterDomain domain = CounterDomain.fresh();
    String prefix = domain.name() + ".counter.";
    create(prefix + "events", 2, Map.of("retention.ms", "1000"));
    create(prefix + "commands", 3, Map.of());
    assertThatThrownBy(() -> TopicSetup.prepare(admin, List.of(domain), SETTINGS))
        .isInstanceOfSatisfying(
            TopicMismatchException.class, e -> assertThat(e.faults()).hasSizeGreaterThan(3));
  }

  @Test
  void a_cluster_without_transactions_of_version_two_is_refused() {
    assertThat(ClusterFeatures.faults(2)).isEmpty();
    assertThat(ClusterFeatures.faults(1)).singleElement().asString().contains("found 1", "Mend");
  }

  @Test
  void keys_go_where_the_default_partitioner_puts_them() {
    for (int i = 0; i < 1_000; i++) {
      String key = "key-" + i;
      assertThat(Partitions.of(key, 6))
          .isEqualTo(BuiltInPartitioner.partitionForKey(CounterSystem.bytes(key), 6));
    }
  }

  @Test
  void settings_that_cannot_be_meant_are_refused() {
    assertThatThrownBy(() -> new TopicSettings(0, (short) 1, (short) 1))
        .hasMessageContaining("found 0");
    assertThatThrownBy(() -> new TopicSettings(6, (short) 1, (short) 2))
        .hasMessageContaining("found 2");
  }

  private int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(30, TimeUnit.SECONDS)
        .values()
        .iterator()
        .next()
        .partitions()
        .size();
  }

  private void create(String topic, int partitions, Map<String, String> config) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }
}
