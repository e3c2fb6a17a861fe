package dev.foldstream.eventstore.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The driver commits after each record, in a transaction, as a stream thread does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BeforeCommitTest {

  private static final String KEPT = "kept";
  private static final String APPLICATION = "before-commit";

  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicReference<@Nullable BeforeCommit> hook = new AtomicReference<>();

  @Test
  void what_is_written_before_a_commit_is_committed_with_it() {
    try (var driver = driver()) {
      var input = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
      var changelog = changelog(driver);
      input.pipeInput("a", "1");
      assertThat(changelog.readKeyValuesToMap()).containsExactly(Map.entry("a", "1"));
      input.pipeInput("b", "2");
      input.pipeInput("b", "3");
      assertThat(changelog.readKeyValuesToMap()).containsExactly(Map.entry("b", "3"));
      assertThat(commits).hasValue(3);
    }
  }

  @Test
  void a_task_that_is_closed_writes_no_more() {
    var driver = driver();
    driver
        .createInputTopic("in", new StringSerializer(), new StringSerializer())
        .pipeInput("a", "1");
    BeforeCommit closed = Objects.requireNonNull(hook.get(), "initialised");
    driver.close();
    int written = commits.get();
    closed.flushCache();
    assertThat(commits).hasValue(written);
    assertThat(closed.isOpen()).isFalse();
  }

  @Test
  void the_first_task_of_a_thread_does_the_work_of_all() throws Exception {
    var done = new TreeMap<String, Integer>();
    BeforeCommit first = BeforeCommit.store().build();
    BeforeCommit second = BeforeCommit.store().build();
    BeforeCommit elsewhere = BeforeCommit.store().build();
    first.run(() -> done.merge("first", 1, Integer::sum));
    second.run(() -> done.merge("second", 1, Integer::sum));
    Thread.ofPlatform()
        .start(() -> elsewhere.run(() -> done.merge("elsewhere", 1, Integer::sum)))
        .join();
    first.flushCache();
    assertThat(done).isEqualTo(Map.of("first", 1, "second", 1));
    second.close();
    first.flushCache();
    second.flushCache();
    assertThat(done).isEqualTo(Map.of("first", 2, "second", 1));
  }

  private TopologyTestDriver driver() {
    var topology = new Topology();
    topology.addSource("source", "in");
    topology.addProcessor("later", Later::new, "source");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(KEPT), Serdes.String(), Serdes.String()),
        "later");
    topology.addStateStore(BeforeCommit.store(), "later");
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    return new TopologyTestDriver(topology, settings);
  }

  private static TestOutputTopic<String, String> changelog(TopologyTestDriver driver) {
    return driver.createOutputTopic(
        APPLICATION + "-" + KEPT + "-changelog",
        new StringDeserializer(),
        new StringDeserializer());
  }

  /** Keeps what comes, and writes it to its store before the commit. */
  private final class Later implements Processor<String, String, Void, Void> {

    private final Map<String, String> waiting = new TreeMap<>();

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      KeyValueStore<String, String> store = context.getStateStore(KEPT);
      BeforeCommit before = context.getStateStore(BeforeCommit.NAME);
      before.run(
          () -> {
            waiting.forEach(store::put);
            waiting.clear();
            commits.incrementAndGet();
          });
      hook.set(before);
    }

    @Override
    public void process(Record<String, String> record) {
      waiting.put(record.key(), record.value());
    }
  }
}
