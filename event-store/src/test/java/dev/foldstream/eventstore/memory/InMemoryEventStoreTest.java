package dev.foldstream.eventstore.memory;

import static dev.foldstream.eventstore.counter.CounterDomain.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.counter.CounterCommand.AskTooMuch;
import dev.foldstream.eventstore.counter.CounterCommand.Burst;
import dev.foldstream.eventstore.counter.CounterCommand.Fail;
import dev.foldstream.eventstore.counter.CounterCommand.How;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterCommand.LeaveAlone;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.Conflict;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.outcomes.Outcome.Rejected;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.kernel.RecordedEvent;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InMemoryEventStoreTest {

  private static final CounterDomain DOMAIN = CounterDomain.fresh();
  private final InMemoryEventStore store = new InMemoryEventStore(DOMAIN);

  @Test
  void the_first_command_on_an_empty_stream_is_decided_on_the_initial_state() {
    var outcome = (Accepted) store.send(COUNTER, "a", new Increment(3), "c1");
    assertThat(outcome.version()).isEqualTo(1);
    assertThat(outcome.events())
        .extracting(Outcome.AppendedEvent::type)
        .containsExactly(DOMAIN.name() + ".counter.Incremented");
    assertThat(store.events(COUNTER, "a"))
        .extracting(RecordedEvent::event)
        .containsExactly(new Incremented(3, 3));
  }

  @Test
  void a_first_command_that_leads_to_nothing_is_accepted_with_version_and_sequence_zero() {
    var outcome = (Accepted) store.send(COUNTER, "a", new LeaveAlone(), "c1");
    assertThat(outcome.version()).isZero();
    assertThat(outcome.sequence()).isZero();
    assertThat(outcome.events()).isEmpty();
  }

  @Test
  void each_command_sees_what_the_last_one_did() {
    for (int i = 1; i <= 20; i++) {
      store.send(COUNTER, "a", new Increment(1), "c" + i);
    }
    var events = store.events(COUNTER, "a");
    assertThat(events)
        .extracting(RecordedEvent::event)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 20).mapToObj(n -> new Incremented(1, n)).toList());
    assertThat(events)
        .extracting(RecordedEvent::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void sequences_are_dense_in_each_partition_over_all_aggregates() {
    for (int i = 0; i < 60; i++) {
      store.send(COUNTER, "a" + i % 7, new Burst(i % 3, 1), "c" + i);
    }
    for (int partition = 0; partition < 3; partition++) {
      int wanted = partition;
      var sequences = new ArrayList<Long>();
      store.events().stream()
          .filter(event -> event.place().partition() == wanted)
          .forEach(event -> sequences.add(event.place().sequence()));
      assertThat(sequences)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }
  }

  @Test
  void a_repeated_command_id_gets_the_first_outcome_again_and_appends_nothing() {
    Outcome first = store.send(COUNTER, "a", new Increment(1), "c1");
    store.send(COUNTER, "a", new Increment(1), "c2");
    assertThat(store.send(COUNTER, "a", new Increment(9), "c1")).isEqualTo(first);
    assertThat(store.events()).hasSize(2);
  }

  @Test
  void a_repeated_refusal_is_refused_again_without_being_decided_anew() {
    Outcome first = store.send(COUNTER, "a", new AskTooMuch(), "c1");
    assertThat(first).isEqualTo(new Rejected("c1", first.partition(), 0, 0, "TOO_MUCH"));
    assertThat(store.send(COUNTER, "a", new Increment(1), "c1")).isEqualTo(first);
    assertThat(store.events()).isEmpty();
  }

  @Test
  void every_id_is_remembered_although_only_eight_fit_the_entry() {
    var first = new ArrayList<Outcome>();
    for (int i = 0; i < 100; i++) {
      first.add(store.send(COUNTER, "a", new Increment(1), "c" + i));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(store.send(COUNTER, "a", new Increment(1), "c" + i)).isEqualTo(first.get(i));
      assertThat(store.lookUp(COUNTER, "a", "c" + i)).isEqualTo(first.get(i));
    }
    assertThat(store.events()).hasSize(100);
  }

  @Test
  void the_same_id_for_another_aggregate_is_another_command() {
    store.send(COUNTER, "a", new Increment(1), "c1");
    assertThat(store.send(COUNTER, "b", new Increment(1), "c1")).isInstanceOf(Accepted.class);
    assertThat(store.events()).hasSize(2);
  }

  @Test
  void a_stale_expected_version_never_appends_and_says_what_it_found() {
    store.send(COUNTER, "a", new Increment(1), "c1");
    store.send(COUNTER, "a", new Increment(1), "c2");
    var outcome = (Conflict) send("c3", 1L);
    assertThat(outcome.expectedVersion()).isEqualTo(1);
    assertThat(outcome.foundVersion()).isEqualTo(2);
    assertThat(store.events()).hasSize(2);
    assertThat(send("c4", 2L)).isInstanceOf(Accepted.class);
    assertThat(send("c3", 3L)).isEqualTo(outcome);
  }

  @Test
  void version_zero_can_be_expected_of_a_new_aggregate() {
    assertThat(send("c1", 0L)).isInstanceOf(Accepted.class);
    assertThat(send("c2", 0L)).isInstanceOf(Conflict.class);
  }

  @Test
  void nothing_to_do_answers_with_the_sequence_of_the_last_event_of_the_aggregate() {
    var incremented = (Accepted) store.send(COUNTER, "a", new Increment(1), "c1");
    var left = (Accepted) store.send(COUNTER, "a", new LeaveAlone(), "c2");
    assertThat(left.sequence()).isEqualTo(incremented.sequence());
    assertThat(left.version()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void a_decider_that_fails_is_quarantined_and_leaves_the_aggregate_as_it_was(How how) {
    store.send(COUNTER, "a", new Increment(1), "c1");
    assertThat(store.send(COUNTER, "a", new Fail(how), "c2"))
        .isInstanceOfSatisfying(
            Quarantined.class, poison -> assertThat(poison.cause()).isEqualTo("DECIDER_FAILED"));
    var after = (Accepted) store.send(COUNTER, "a", new Increment(1), "c3");
    assertThat(after.version()).isEqualTo(2);
  }

  @Test
  void a_quarantined_command_is_found_by_a_look_up_and_decided_anew_when_repeated() {
    store.send(COUNTER, "a", new Fail(How.DECIDING), "c1");
    assertThat(store.lookUp(COUNTER, "a", "c1")).isInstanceOf(Quarantined.class);
    Outcome retried = store.send(COUNTER, "a", new Increment(1), "c1");
    assertThat(retried).isInstanceOf(Accepted.class);
    assertThat(store.lookUp(COUNTER, "a", "c1")).isEqualTo(retried);
  }

  @Test
  void events_that_are_too_many_or_too_large_are_quarantined() {
    assertThat(store.send(COUNTER, "a", new Burst(1_001, 1), "c1")).isEqualTo(tooLarge("c1"));
    assertThat(store.send(COUNTER, "a", new Burst(1, 1_000_000), "c2")).isEqualTo(tooLarge("c2"));
    assertThat(store.send(COUNTER, "a", new Burst(5, 900_000), "c3")).isEqualTo(tooLarge("c3"));
    assertThat(store.events()).isEmpty();
  }

  @Test
  void a_look_up_of_an_id_never_seen_is_unknown() {
    assertThat(store.lookUp(COUNTER, "a", "never")).isInstanceOf(Unknown.class);
  }

  private Outcome tooLarge(String commandId) {
    return new Quarantined(
        commandId, store.lookUp(COUNTER, "a", commandId).partition(), 0, "ANSWER_TOO_LARGE");
  }

  private Outcome send(String commandId, @Nullable Long expected) {
    var headers = CommandHeaders.of(commandId, null, InMemoryEventStore.TIME).expecting(expected);
    return store.send(COUNTER, "a", new Increment(1), headers);
  }
}
