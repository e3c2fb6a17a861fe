package dev.foldstream.eventstore.process;

import static dev.foldstream.eventstore.counter.CounterDomain.COUNTER;
import static dev.foldstream.eventstore.process.Tallying.ALARM;
import static dev.foldstream.eventstore.process.Tallying.BUG;
import static dev.foldstream.eventstore.process.Tallying.FAILS;
import static dev.foldstream.eventstore.process.Tallying.FORWARD;
import static dev.foldstream.eventstore.process.Tallying.GREEDY;
import static dev.foldstream.eventstore.process.Tallying.NOTHING;
import static dev.foldstream.eventstore.process.Tallying.SEVERAL;
import static dev.foldstream.eventstore.process.Tallying.START_TIMER;
import static dev.foldstream.eventstore.process.Tallying.STOP_TIMER;
import static dev.foldstream.eventstore.process.Tallying.TOO_MANY;
import static dev.foldstream.eventstore.process.Tallying.UNHEARD;
import static dev.foldstream.eventstore.process.Tallying.UNKNOWN_AGGREGATE;
import static dev.foldstream.eventstore.process.Tallying.UNROUTABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.process.InMemoryProcesses.Sent;
import dev.foldstream.eventstore.process.Tally.TallyProgress;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.ProcessProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The numbered sentences of {@link dev.foldstream.kernel.ProcessManager}, on the pure core. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ResourceLock("Tallying.broken")
class ProcessContractTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final CounterDomain DOMAIN = CounterDomain.fresh().with(Tallying.process(HOUR));
  private final InMemoryProcesses processes = new InMemoryProcesses(DOMAIN, Tallying.process(HOUR));
  private final Map<String, Long> versions = new HashMap<>();

  @BeforeEach
  void with_its_bug() {
    Tallying.broken = true;
  }

  @Test
  void the_same_inputs_lead_to_the_same_in_another_run() {
    var other = new InMemoryProcesses(DOMAIN, Tallying.process(HOUR));
    for (var run : List.of(processes, other)) {
      run.happened(COUNTER, "in-a", 1, new Incremented(SEVERAL, 1), metadata("in-a", 1));
    }
    assertThat(processes.commands()).isEqualTo(other.commands()).hasSize(3);
    assertThat(processes.progress()).isEqualTo(other.progress());
  }

  @Test
  void a_process_begins_with_the_first_event_that_gives_its_id() {
    happens("elsewhere", FORWARD);
    processes.retried("a", "ann");
    assertThat(processes.progress()).isEmpty();
    happens("in-a", FORWARD);
    assertThat(heard("a")).containsExactly("in-a 1");
    assertThat(processes.counts().processes(Group.RUNNING)).isEqualTo(1);
  }

  @Test
  void the_events_of_several_aggregates_reach_one_process_each_in_its_order() {
    happens("in-a~x", FORWARD);
    happens("in-a~y", FORWARD);
    happens("in-a~x", NOTHING);
    assertThat(heard("a")).containsExactly("in-a~x 1", "in-a~y 1", "in-a~x 3");
  }

  @Test
  void an_event_that_comes_again_is_taken_once() {
    happens("in-a", FORWARD);
    processes.happened(COUNTER, "in-a", 1, new Incremented(FORWARD, 1), metadata("in-a", 1));
    assertThat(processes.commands()).hasSize(1);
    assertThat(heard("a")).hasSize(1);
    assertThat(processes.counts().ignored()).isEqualTo(1);
  }

  @Test
  void what_was_aborted_left_nothing_and_is_done_again_in_full() {
    happens("in-a", FORWARD);
    var lost = processes.aborted(() -> happens("in-a", SEVERAL));
    versions.put("in-a", 1L);
    assertThat(lost).hasSize(3);
    assertThat(processes.commands()).hasSize(1);
    happens("in-a", SEVERAL);
    assertThat(heard("a")).containsExactly("in-a 1", "in-a 9");
    assertThat(processes.commands().subList(1, 4)).isEqualTo(lost);
  }

  @Test
  void react_sees_the_state_after_evolve() {
    happens("in-a", FORWARD);
    happens("in-a", FORWARD);
    assertThat(processes.commands())
        .extracting(Sent::command)
        .containsExactly(new Increment(1), new Increment(2));
  }

  @Test
  void effects_take_place_in_the_order_of_the_list() {
    happens("in-a", SEVERAL);
    assertThat(processes.commands())
        .extracting(Sent::command)
        .containsExactly(new Increment(1), new Increment(2), new Increment(3));
    processes.pass(HOUR);
    assertThat(heard("a")).as("started, then stopped").containsExactly("in-a 9");
  }

  @Test
  void the_id_of_a_command_is_made_of_process_input_and_place() {
    happens("in-a", SEVERAL);
    happens("in-b", SEVERAL);
    happens("in-a", SEVERAL);
    assertThat(processes.commands())
        .extracting(sent -> sent.headers().commandId())
        .doesNotHaveDuplicates()
        .allMatch(id -> java.util.UUID.fromString(id).version() == 8)
        .first()
        .isEqualTo(
            CommandIds.of(DOMAIN.name(), "tally", "a", "event:counter/in-a/c-in-a-1:1", "0"));
  }

  @Test
  void a_command_says_who_sent_it_and_what_led_to_it() {
    happens("in-a", FORWARD);
    var headers = processes.commands().getFirst().headers();
    assertThat(headers.principal()).isEqualTo("process:tally");
    assertThat(headers.correlationId()).isEqualTo("correlation-in-a");
    assertThat(headers.causationId()).isEqualTo("c-in-a-1:1");
    assertThat(headers.type()).isEqualTo(DOMAIN.name() + ".counter.Increment");
  }

  @Test
  void a_refused_command_comes_back_under_its_name_once() {
    happens("in-a", GREEDY);
    Sent sent = processes.commands().getFirst();
    String id = sent.headers().commandId();
    processes.answered(sent, new Outcome.Rejected(id, 0, 0, 0, "TOO_MUCH"));
    processes.answered(sent, new Outcome.Rejected(id, 0, 0, 0, "TOO_MUCH"));
    assertThat(heard("a")).containsExactly("in-a 2", "refused greedy TOO_MUCH");
  }

  @Test
  void a_command_that_was_set_aside_comes_back_as_refused() {
    happens("in-a", GREEDY);
    Sent sent = processes.commands().getFirst();
    processes.answered(
        sent, new Outcome.Quarantined(sent.headers().commandId(), 0, 0, "DECIDER_FAILED"));
    assertThat(heard("a")).containsExactly("in-a 2", "refused greedy QUARANTINED");
  }

  @Test
  void a_command_without_an_event_comes_back_and_one_with_events_does_not() {
    happens("in-a", NOTHING);
    happens("in-a", FORWARD);
    for (Sent sent : processes.commands()) {
      boolean idle = !(sent.command() instanceof Increment);
      var events = List.of(new Outcome.AppendedEvent("x", 1));
      processes.answered(
          sent,
          new Outcome.Accepted(sent.headers().commandId(), 0, 1, 1, idle ? List.of() : events));
    }
    assertThat(heard("a")).containsExactly("in-a 3", "in-a 1", "nothing to do idle");
  }

  @Test
  void a_timer_goes_off_once_and_not_before_its_time() {
    happens("in-a", START_TIMER);
    processes.pass(HOUR.minusMillis(1));
    assertThat(heard("a")).hasSize(1);
    processes.pass(Duration.ofMillis(1));
    processes.pass(HOUR);
    assertThat(heard("a")).containsExactly("in-a 4", "timed out " + ALARM);
  }

  @Test
  void a_timer_is_kept_through_a_restart() {
    happens("in-a", START_TIMER);
    processes.restart();
    processes.pass(HOUR);
    assertThat(heard("a")).containsExactly("in-a 4", "timed out " + ALARM);
  }

  @Test
  void a_timer_that_is_started_again_begins_anew() {
    happens("in-a", START_TIMER);
    processes.pass(HOUR.minusMillis(1));
    happens("in-a", START_TIMER);
    processes.pass(HOUR.minusMillis(1));
    assertThat(heard("a")).containsExactly("in-a 4", "in-a 4");
    processes.pass(Duration.ofMillis(1));
    assertThat(heard("a")).containsExactly("in-a 4", "in-a 4", "timed out " + ALARM);
  }

  @Test
  void a_timer_that_is_stopped_never_goes_off() {
    happens("in-a", START_TIMER);
    happens("in-a", STOP_TIMER);
    processes.pass(HOUR.multipliedBy(2));
    assertThat(heard("a")).containsExactly("in-a 4", "in-a 5");
  }

  @Test
  void progress_is_appended_when_it_has_changed_with_dense_versions() {
    happens("in-a", FORWARD);
    happens("in-a", UNHEARD);
    happens("in-a", NOTHING);
    assertThat(heard("a")).containsExactly("in-a 1", "in-a 3");
    assertThat(processes.progress())
        .extracting(told -> told.version(), told -> told.place().sequence())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 1L),
            org.assertj.core.groups.Tuple.tuple(2L, 2L));
    assertThat(processes.progress().getFirst().stream().toString()).contains("tally");
  }

  @Test
  void a_manager_that_throws_stands_still_as_failed_and_others_go_on() {
    happens("in-a", FORWARD);
    happens("in-a", BUG);
    happens("in-a", NOTHING);
    happens("in-b", FORWARD);
    assertThat(heard("a")).containsExactly("in-a 1");
    assertThat(heard("b")).containsExactly("in-b 1");
    assertThat(processes.helpless())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.processId()).isEqualTo("a");
              assertThat(it.group()).isEqualTo("STANDING_STILL");
              assertThat(it.detail()).contains("a bug in evolve");
              assertThat(it.held()).isEqualTo(2);
            });
    assertThat(processes.quarantined())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.processId()).isEqualTo("a");
              assertThat(it.input()).isEqualTo("event:counter/in-a/c-in-a-2:1");
              assertThat(it.cause()).isEqualTo("MANAGER_FAILED");
            });
    assertThat(processes.counts().processes(Group.STANDING_STILL)).isEqualTo(1);
  }

  @Test
  void a_retry_takes_what_was_set_aside_and_what_is_held_in_order() {
    happens("in-a", START_TIMER);
    happens("in-a", BUG);
    happens("in-a", FORWARD);
    processes.pass(HOUR);
    processes.restart();
    processes.retried("a", "ann");
    assertThat(processes.helpless()).hasSize(1);
    assertThat(heard("a")).containsExactly("in-a 4");
    Tallying.broken = false;
    processes.retried("a", "ann");
    assertThat(heard("a")).containsExactly("in-a 4", "in-a 6", "in-a 1", "timed out " + ALARM);
    assertThat(processes.commands())
        .extracting(Sent::command)
        .containsExactly(new Increment(2), new Increment(3));
    assertThat(processes.helpless()).isEmpty();
  }

  @Test
  void what_a_manager_may_not_ask_for_is_set_aside_and_nothing_of_it_is_done() {
    happens("in-a", UNKNOWN_AGGREGATE);
    happens("in-b", TOO_MANY);
    assertThat(processes.commands()).isEmpty();
    assertThat(processes.progress()).isEmpty();
    assertThat(processes.helpless())
        .extracting(it -> String.valueOf(it.detail()))
        .satisfiesExactly(
            a -> assertThat(a).contains("nobody"), b -> assertThat(b).contains("at most 1000"));
  }

  @Test
  void inputs_are_held_up_to_a_bound_and_beyond_it_the_process_is_not_retried() {
    happens("in-a", BUG);
    for (int i = 1; i <= ProcessLimits.MAX_HELD; i++) {
      happens("in-a", FORWARD);
    }
    Tallying.broken = false;
    processes.retried("a", "ann");
    assertThat(processes.progress()).isEmpty();
    assertThat(processes.helpless())
        .singleElement()
        .satisfies(it -> assertThat(it.canBeRetried()).isFalse());
  }

  @Test
  void an_event_whose_process_cannot_be_told_is_set_aside() {
    happens("in-a", UNROUTABLE);
    happens("in-a", FORWARD);
    assertThat(heard("a")).containsExactly("in-a 1");
    assertThat(processes.quarantined())
        .singleElement()
        .satisfies(it -> assertThat(it.detail()).contains("a bug in processId"));
  }

  @Test
  void a_retry_of_a_process_that_told_that_it_failed_is_an_input() {
    happens("in-a", FAILS);
    assertThat(processes.helpless())
        .singleElement()
        .satisfies(it -> assertThat(it.group()).isEqualTo("FAILED"));
    processes.retried("a", "ann");
    processes.retried("a", "bob");
    assertThat(heard("a")).containsExactly("in-a 7", "retried by ann");
    assertThat(processes.commands()).extracting(Sent::id).containsExactly("out");
    assertThat(processes.helpless()).isEmpty();
    assertThat(((TallyProgress) processes.progress().getLast().event()).outcome())
        .isEqualTo(ProcessProgress.Outcome.RUNNING);
  }

  @Test
  void a_state_of_an_older_version_is_never_taken_for_a_new_one() {
    happens("in-a", FORWARD);
    var newer = processes.under(Tallying.process(HOUR).stateVersion(2));
    newer.happened(COUNTER, "in-a", 2, new Incremented(NOTHING, 2), metadata("in-a", 2));
    newer.happened(COUNTER, "in-b", 1, new Incremented(NOTHING, 1), metadata("in-b", 1));
    assertThat(newer.helpless())
        .singleElement()
        .satisfies(it -> assertThat(it.cause()).isEqualTo("OTHER_STATE_VERSION"));
    assertThat(newer.progress()).extracting(it -> it.stream().id()).containsExactly("b");
    var older = newer.under(Tallying.process(HOUR));
    older.retried("a", "ann");
    assertThat(older.progress())
        .extracting(it -> ((TallyProgress) it.event()).step())
        .containsExactly("in-a 3");
    assertThatThrownBy(
            () ->
                older.happened(
                    COUNTER, "in-b", 2, new Incremented(NOTHING, 2), metadata("in-b", 2)))
        .hasMessageContaining("written by a newer one");
  }

  private void happens(String counter, int by) {
    long version = versions.merge(counter, 1L, Long::sum);
    processes.happened(
        COUNTER, counter, version, new Incremented(by, version), metadata(counter, version));
  }

  private static Metadata metadata(String counter, long version) {
    return new Metadata(
        "c-" + counter + "-" + version, "correlation-" + counter, null, Metadata.ANONYMOUS);
  }

  private List<String> heard(String processId) {
    return processes.progress().stream()
        .filter(told -> told.stream().id().equals(processId))
        .map(told -> ((TallyProgress) told.event()).step())
        .toList();
  }
}
