package dev.foldstream.eventstore.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.eventstore.counter.CounterCommand.AskTooMuch;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterCommand.LeaveAlone;
import dev.foldstream.eventstore.counter.CounterDecider;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.counter.CounterEvent.Unfoldable;
import dev.foldstream.eventstore.counter.CounterRejection;
import dev.foldstream.eventstore.shadow.ShadowReport.Found;
import dev.foldstream.kernel.Decision;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The sentences of {@link ShadowComparison}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShadowComparisonTest {

  private static final OtherCounter AT_MOST_TEN =
      new OtherCounter(
          (command, state, today) ->
              command instanceof Increment(var by) && state.total() + by > 10
                  ? Decision.reject(CounterRejection.TOO_MUCH)
                  : today);

  private final History history = new History();

  @Test
  void the_decider_of_today_differs_nowhere() {
    history.send("a", new Increment(3)).send("a", new LeaveAlone()).send("b", new AskTooMuch());
    history.send("a", "stale", new Increment(1), 7L);
    assertCounts(history.compare(new CounterDecider()), Map.of(Found.SAME, 4L));
  }

  @Test
  void each_command_meets_real_history_so_a_difference_has_no_echo() {
    history.send("a", new Increment(8)).send("a", new Increment(5)).send("a", new LeaveAlone());
    history.send("b", new Increment(10)).send("a", new Increment(-5)).send("a", new Increment(2));
    ShadowReport report = history.compare(AT_MOST_TEN);
    assertCounts(report, Map.of(Found.SAME, 5L, Found.OTHER_OUTCOME, 1L));
    ShadowDifference only = report.examples().getFirst();
    assertThat(only.offset()).isEqualTo(1);
    assertThat(only.aggregateId()).isEqualTo("a");
    assertThat(only.commandId()).isEqualTo("c1");
    assertThat(only.first()).isEqualTo("/outcome");
    assertThat(only.recorded())
        .hasToString(
            "{\"outcome\":\"accepted\",\"events\":[{\"type\":\"Incremented\",\"data\":{\"by\":5,\"total\":13}}]}");
    assertThat(only.candidate())
        .hasToString("{\"outcome\":\"rejected\",\"rejection\":\"TOO_MUCH\"}");
  }

  @Test
  void other_events_are_told_with_the_first_place_that_differs() {
    history.send("a", new Increment(1)).send("a", new LeaveAlone());
    ShadowReport report =
        history.compare(
            new OtherCounter(
                (command, state, today) ->
                    command instanceof Increment(var by)
                        ? Decision.accept(new Incremented(by, state.total()))
                        : Decision.accept(new Incremented(0, state.total()))));
    assertCounts(report, Map.of(Found.OTHER_EVENTS, 2L));
    assertThat(report.examples())
        .extracting(ShadowDifference::first)
        .containsExactly("/events/0/data/total", "/events/0");
  }

  @Test
  void events_before_the_range_are_folded() {
    history.send("a", new Increment(9)).forgetCommands().send("a", new Increment(2));
    assertCounts(history.compare(AT_MOST_TEN), Map.of(Found.OTHER_OUTCOME, 1L));
  }

  @Test
  void what_was_not_decided_here_is_counted_by_kind_and_not_compared() {
    history.send("a", "one", new Increment(20), null).repeat("a", "one", new Increment(20));
    history.lookUp("a", "one").setAside("b", new Increment(20));
    assertCounts(
        history.compare(AT_MOST_TEN),
        Map.of(
            Found.OTHER_OUTCOME, 1L, Found.REPEATED, 1L, Found.LOOK_UP, 1L, Found.QUARANTINED, 1L));
  }

  @Test
  void without_an_outcome_only_what_led_to_events_is_known() {
    history.send("a", new Increment(20)).send("a", new AskTooMuch()).send("a", new LeaveAlone());
    assertCounts(
        history.forgetOutcomes().compare(AT_MOST_TEN),
        Map.of(Found.OTHER_OUTCOME, 1L, Found.UNKNOWN, 2L));
  }

  @Test
  void a_retry_of_what_was_set_aside_is_compared_where_it_was_decided() {
    history.setAside("a", new Increment(1)).send("a", new Increment(20));
    history.send("a", "c0", new Increment(1), null);
    assertCounts(
        history.compare(AT_MOST_TEN), Map.of(Found.QUARANTINED, 1L, Found.OTHER_OUTCOME, 2L));
  }

  @Test
  void what_the_candidate_throws_is_its_answer() {
    history.send("a", new Increment(1)).send("b", new LeaveAlone());
    ShadowReport report =
        history.compare(
            new OtherCounter(
                (command, state, today) -> {
                  throw new AssertionError("not done yet");
                }));
    assertCounts(report, Map.of(Found.FAILED, 2L));
    assertThat(report.examples().getFirst().candidate().path("detail").asText())
        .contains("not done yet");
  }

  @Test
  void an_answer_that_the_candidate_itself_cannot_fold_has_failed() {
    history.send("a", new Increment(1));
    assertCounts(
        history.compare(
            new OtherCounter((command, state, today) -> Decision.accept(new Unfoldable()))),
        Map.of(Found.FAILED, 1L));
  }

  @Test
  void an_event_that_cannot_be_folded_spoils_the_rest_of_its_aggregate() {
    history.send("a", new Increment(1)).event("a", new Unfoldable());
    history.send("b", new Increment(1)).repeat("a", "later", new Increment(1));
    history.answered("a", "later");
    ShadowReport report = history.compare(new CounterDecider());
    assertCounts(report, Map.of(Found.SAME, 2L, Found.OTHER_EVENTS, 1L, Found.FAILED, 1L));
    assertThat(report.examples().getLast().candidate().path("detail").asText())
        .contains("an event before it cannot be folded", "a bug in evolve");
  }

  @Test
  void a_partition_whose_commands_were_made_anew_is_refused() {
    history.send("a", new Increment(1)).send("a", new Increment(1)).makeCommandsAnew();
    history.send("a", new Increment(1));
    assertThatThrownBy(() -> history.compare(new CounterDecider()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("made anew");
  }

  @Test
  void shares_are_even_and_what_one_does_not_need_goes_to_others() {
    assertThat(Shares.of(new long[] {100, 2, 100}, 30)).containsExactly(14, 2, 14);
    assertThat(Shares.of(new long[] {1, 0, 3}, 30)).containsExactly(1, 0, 3);
    assertThat(Shares.of(new long[] {5, 5, 5}, 7))
        .satisfies(s -> assertThat(Shares.sum(s)).isEqualTo(7));
  }

  private static void assertCounts(ShadowReport report, Map<Found, Long> wanted) {
    var found = new EnumMap<Found, Long>(Found.class);
    Arrays.stream(Found.values())
        .filter(kind -> report.count(kind) > 0)
        .forEach(kind -> found.put(kind, report.count(kind)));
    assertThat(found).as("%s", report.examples()).isEqualTo(wanted);
    assertThat(report.commands())
        .isEqualTo(wanted.values().stream().mapToLong(Long::longValue).sum());
  }
}
