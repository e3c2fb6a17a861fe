package dev.foldstream.eventstore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.counter.CommittedRecords;
import dev.foldstream.eventstore.counter.CounterCommand;
import dev.foldstream.eventstore.counter.CounterCommand.AskTooMuch;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterCommand.LeaveAlone;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.Conflict;
import dev.foldstream.eventstore.outcomes.Outcome.Rejected;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.kernel.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionApplicationTest {

  private final CounterSystem system = new CounterSystem(CounterDomain.fresh());
  private final DecisionApplication application = system.application(system.domain());

  @BeforeAll
  void start() {
    CounterSystem.started(application);
  }

  @AfterAll
  void stop() {
    application.close();
    system.close();
  }

  @Test
  void a_thousand_increments_in_flight_on_one_key_end_at_a_thousand() {
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (int i = 0; i < 1_000; i++) {
      outcomes.add(system.sendAsync("race", new Increment(1), "race-" + i, null));
    }
    var versions =
        outcomes.stream().map(CounterSystem::await).map(o -> ((Accepted) o).version()).toList();
    assertThat(versions)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
    List<RecordedEvent<Object>> events = of("race");
    assertThat(events).hasSize(1_000);
    assertThat(events.getLast().event()).isEqualTo(new Incremented(1, 1_000));
    CommittedRecords.checkLog(system);
  }

  @Test
  void two_commands_together_on_one_key_both_count() {
    for (int i = 0; i < 20; i++) {
      String id = "pair-" + i;
      var first = system.sendAsync(id, new Increment(1), id + "a", null);
      var second = system.sendAsync(id, new Increment(1), id + "b", null);
      assertThat(((Accepted) CounterSystem.await(first)).version()).isEqualTo(1);
      assertThat(((Accepted) CounterSystem.await(second)).version()).isEqualTo(2);
    }
  }

  @Test
  void of_many_writers_that_expect_the_same_version_one_wins() {
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (int i = 0; i < 50; i++) {
      outcomes.add(system.sendAsync("expected", new Increment(1), "expected-" + i, 0L));
    }
    var answered = outcomes.stream().map(CounterSystem::await).toList();
    assertThat(answered).filteredOn(Accepted.class::isInstance).hasSize(1);
    assertThat(answered).filteredOn(Conflict.class::isInstance).hasSize(49);
    assertThat(of("expected")).hasSize(1);
  }

  @Test
  void a_command_sent_twice_is_applied_once_and_both_get_the_first_outcome() {
    var first = system.sendAsync("twice", new Increment(1), "twice-1", null);
    var second = system.sendAsync("twice", new Increment(1), "twice-1", null);
    assertThat(CounterSystem.await(first)).isEqualTo(CounterSystem.await(second));
    assertThat(system.send("twice", new Increment(1), "twice-1"))
        .isEqualTo(CounterSystem.await(first));
    assertThat(of("twice")).hasSize(1);
  }

  @Test
  void every_kind_of_outcome_comes_back() {
    assertThat(system.send("kinds", new LeaveAlone(), "k1")).isInstanceOf(Accepted.class);
    assertThat(system.send("kinds", new AskTooMuch(), "k2")).isInstanceOf(Rejected.class);
    assertThat(system.send("kinds", new Increment(1), "k3", 7L)).isInstanceOf(Conflict.class);
  }

  @Test
  void a_look_up_gives_the_first_outcome_or_unknown() {
    Outcome first = system.send("looked", new Increment(1), "looked-1");
    assertThat(system.lookUp("looked", "looked-1")).isEqualTo(first);
    assertThat(system.lookUp("looked", "never")).isInstanceOf(Unknown.class);
    assertThat(of("looked")).hasSize(1);
  }

  @Test
  void a_plain_producer_that_sends_only_key_and_value_is_decided() {
    CounterCommand command = new Increment(5);
    int partition = Partitions.of("plain", TopicSettings.SINGLE_BROKER.partitions());
    long offset =
        system.sendPlain(
            new ProducerRecord<>(
                system.commandsTopic(),
                CounterSystem.bytes("plain"),
                system.value((Record) command)));
    // Decided in order, so this one's outcome says that the one before is decided.
    system.send("plain", new LeaveAlone(), UUID.randomUUID().toString());
    RecordedEvent<Object> event = of("plain").getFirst();
    assertThat(event.event()).isEqualTo(new Incremented(5, 5));
    assertThat(event.metadata().commandId())
        .isEqualTo(system.commandsTopic() + ":" + partition + ":" + offset);
    assertThat(event.metadata().principal()).isEqualTo("anonymous");
    assertThat(event.metadata().correlationId()).isEqualTo(event.metadata().commandId());
  }

  @Test
  void its_health_says_running_with_all_partitions() {
    assertThat(application.health().state()).isEqualTo(DecisionHealth.State.RUNNING);
    assertThat(application.health().partitions()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  private List<RecordedEvent<Object>> of(String id) {
    return CommittedRecords.events(system).stream()
        .filter(event -> event.stream().id().equals(id))
        .toList();
  }
}
