package dev.foldstream.eventstore.process;

import static dev.foldstream.eventstore.process.Tallying.ALARM;
import static dev.foldstream.eventstore.process.Tallying.BUG;
import static dev.foldstream.eventstore.process.Tallying.FORWARD;
import static dev.foldstream.eventstore.process.Tallying.GREEDY;
import static dev.foldstream.eventstore.process.Tallying.NOTHING;
import static dev.foldstream.eventstore.process.Tallying.POISON;
import static dev.foldstream.eventstore.process.Tallying.START_TIMER;
import static dev.foldstream.eventstore.process.Tallying.UNROUTABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.counter.CommittedRecords;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.process.Tally.TallyProgress;
import dev.foldstream.eventstore.recovery.StreamsHealth;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.RecordedEvent;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Processes and decisions together on a real broker. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessApplicationTest {

  private static final Duration ALARM_AFTER = Duration.ofSeconds(2);
  private static final int EVENTS = 600;
  private static final int PROCESSES = 10;

  private final CounterDomain domain = CounterDomain.fresh().with(Tallying.process(ALARM_AFTER));
  private final CounterSystem system = new CounterSystem(domain);
  private final DecisionApplication decisions = system.started();
  private String id = "";

  ProcessApplicationTest() {
    application().registerSchemas();
    system.send("in-early", new Increment(FORWARD), "early");
  }

  @BeforeEach
  void another_process() {
    Tallying.broken = true;
    id = "p" + UUID.randomUUID();
  }

  @AfterAll
  void stop() {
    decisions.close();
    system.close();
  }

  @Test
  void what_is_not_carried_out_comes_back_and_timers_go_off() {
    try (var _ = running()) {
      happens(GREEDY);
      awaitHeard("in-%s 2", "refused greedy TOO_MUCH");
      happens(NOTHING);
      awaitHeard("in-%s 2", "refused greedy TOO_MUCH", "in-%s 3", "nothing to do idle");
    }
  }

  @Test
  void a_command_that_is_quarantined_comes_back_as_refused() {
    try (var _ = running()) {
      happens(POISON);
      awaitHeard("in-%s 8", "refused poison QUARANTINED");
    }
  }

  @Test
  void a_timer_started_before_a_stop_goes_off_after_it_once() {
    try (var _ = running()) {
      happens(START_TIMER);
      awaitHeard("in-%s 4");
    }
    // A state directory of its own: what the timer is kept in comes from Kafka.
    try (var _ = running()) {
      awaitHeard("in-%s 4", "timed out " + ALARM);
      happens(NOTHING);
      awaitHeard("in-%s 4", "timed out " + ALARM, "in-%s 3", "nothing to do idle");
    }
  }

  @Test
  void a_manager_that_throws_sets_the_input_aside_and_a_retry_goes_on_in_order() {
    try (var application = running();
        var statuses =
            new ProcessStatuses(CounterSystem.bootstrapServers(), List.of(application), wire())) {
      statuses.start();
      happens(FORWARD);
      happens(BUG);
      happens(NOTHING);
      await(
          () ->
              assertThat(statuses.find(application, id))
                  .hasValueSatisfying(it -> assertThat(it.held()).isGreaterThanOrEqualTo(2)));
      awaitHeard("in-%s 1");
      await(
          () ->
              assertThat(
                      statuses.summaries(application).stream()
                          .mapToLong(ProcessSummary::standingStill)
                          .sum())
                  .isEqualTo(1));
      Tallying.broken = false;
      system.sendPlain(ProcessRetries.record(domain.name(), "tally", id, 6, "retry-1", "operator"));
      awaitHeard("in-%s 1", "in-%s 6", "in-%s 3", "nothing to do idle");
      await(() -> assertThat(statuses.find(application, id)).isEmpty());
    }
  }

  @Test
  void an_event_that_could_not_be_routed_is_taken_once_by_a_retry_behind_later_ones() {
    try (var application = running()) {
      happens(FORWARD);
      happens(UNROUTABLE);
      happens(NOTHING);
      awaitHeard("in-%s 1", "in-%s 3", "nothing to do idle");
      UnroutedEvents unrouted = application.unrouted();
      assertThat(unrouted.open())
          .singleElement()
          .satisfies(it -> assertThat(it.detail()).contains("a bug in processId"));
      assertThat(unrouted.retry(system::sendPlain))
          .satisfies(it -> assertThat(it.firstFailure()).contains("a bug in processId"))
          .extracting(UnroutedEvents.Retried::failed)
          .isEqualTo(1);
      Tallying.broken = false;
      var sent = new ArrayList<ProducerRecord<byte[], byte[]>>();
      assertThat(unrouted.retry(sent::add).routed()).isEqualTo(1);
      // As if a retry had died before it said that the event is settled, and was repeated.
      system.sendPlain(sent.getFirst());
      sent.forEach(system::sendPlain);
      assertThat(unrouted.open()).isEmpty();
      happens(FORWARD);
      awaitHeard("in-%s 1", "in-%s 3", "nothing to do idle", "in-%s 13", "in-%s 1");
    }
  }

  @Test
  void positions_that_are_lost_are_asked_for_and_a_little_too_early_is_harmless() throws Exception {
    Instant before = Instant.now();
    try (var _ = running()) {
      happens(NOTHING);
      awaitHeard("in-%s 3", "nothing to do idle");
    }
    try (var admin = CounterSystem.admin()) {
      admin.deleteStreamsGroups(List.of(domain.name() + ".tally.process-v1")).all().get();
    }
    assertThatThrownBy(() -> application().fixStart())
        .hasMessageContaining("foldstream.processes.tally.start");
    application(new ProcessStart.At(before)).fixStart();
    try (var _ = running()) {
      happens(GREEDY);
      awaitHeard("in-%s 3", "nothing to do idle", "in-%s 2", "refused greedy TOO_MUCH");
    }
    assertThat(told("early")).as("what was before the first start").isEmpty();
  }

  @Test
  void a_process_killed_in_the_middle_takes_every_input_exactly_once() throws Exception {
    application().fixStart();
    Process other = otherProcess();
    try {
      IntStream.range(0, EVENTS).forEach(i -> sends(i));
      await(() -> assertThat(told("k" + id)).hasSizeGreaterThan(EVENTS / 10));
    } finally {
      other.destroyForcibly().waitFor();
    }
    try (var _ = running()) {
      await(() -> assertThat(told("k" + id)).hasSize(EVENTS));
      await(() -> assertThat(forwarded()).hasSize(EVENTS));
    }
    CommittedRecords.checkLog(system);
    assertDenseProgress();
  }

  /** The first of each process asks for 1, the second for 2, and so on: the state was kept. */
  private void assertDenseProgress() {
    var totals = new TreeMap<String, Long>();
    for (RecordedEvent<Object> event : forwarded()) {
      totals.merge(event.stream().id(), ((Incremented) event.event()).by(), Long::sum);
    }
    long each = EVENTS / PROCESSES;
    assertThat(totals)
        .hasSize(PROCESSES)
        .allSatisfy((_, sum) -> assertThat(sum).isEqualTo(each * (each + 1) / 2));
    var versions = new TreeMap<String, Long>();
    var sequences = new TreeMap<Integer, Long>();
    for (RecordedEvent<Object> told : progress()) {
      assertThat(told.version()).isEqualTo(versions.merge(told.stream().id(), 1L, Long::sum));
      assertThat(told.place().sequence())
          .isEqualTo(sequences.merge(told.place().partition(), 1L, Long::sum));
    }
  }

  private void sends(int i) {
    String counter = "in-k" + id + (i % PROCESSES);
    var _ = system.sendAsync(counter, new Increment(FORWARD), "k-" + id + i, null);
  }

  private List<RecordedEvent<Object>> forwarded() {
    return CommittedRecords.events(system).stream()
        .filter(event -> event.stream().id().startsWith("out-k" + id))
        .toList();
  }

  private void happens(int by) {
    system.send("in-" + id, new Increment(by), UUID.randomUUID().toString());
  }

  private void awaitHeard(String... wanted) {
    await(
        () ->
            assertThat(told(id))
                .containsExactlyElementsOf(
                    List.of(wanted).stream().map(text -> text.replace("%s", id)).toList()));
  }

  private List<String> told(String processId) {
    return progress().stream()
        .filter(event -> event.stream().id().startsWith(processId))
        .map(event -> ((TallyProgress) event.event()).step())
        .toList();
  }

  private List<RecordedEvent<Object>> progress() {
    var decoder = new EventDecoder(List.of(domain), wire().codec());
    var told = new ArrayList<RecordedEvent<Object>>();
    for (var record : CommittedRecords.of(TopicNames.events(domain.name(), "tally"))) {
      try {
        told.add(decoder.decode(record));
      } catch (UnreadableEventException failed) {
        throw new IllegalStateException(failed);
      }
    }
    return told;
  }

  private ProcessWire wire() {
    return ProcessWire.of(
        CounterSystem.registry(), dev.foldstream.schemas.files.SchemaFiles.of(domain));
  }

  private ProcessApplication application() {
    return application(new ProcessStart.Now());
  }

  private ProcessApplication application(ProcessStart start) {
    return TallyProcess.application(
        domain,
        ALARM_AFTER,
        start,
        CounterSystem.bootstrapServers(),
        DevServices.shared().registry().url());
  }

  private ProcessApplication running() {
    var application = application();
    application.start();
    await(() -> assertThat(application.health().state()).isEqualTo(StreamsHealth.State.RUNNING));
    return application;
  }

  private static void await(org.awaitility.core.ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(CounterSystem.PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(assertion);
  }

  private Process otherProcess() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            TallyProcess.class.getName(),
            domain.name(),
            CounterSystem.bootstrapServers(),
            DevServices.shared().registry().url(),
            Long.toString(ALARM_AFTER.toMillis()))
        .redirectErrorStream(true)
        .redirectOutput(new File("target/tally-process.log"))
        .start();
  }
}
