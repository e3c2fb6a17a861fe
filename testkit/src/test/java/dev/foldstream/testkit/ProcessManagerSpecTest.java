package dev.foldstream.testkit;

import static dev.foldstream.kernel.ProcessProgress.Outcome.FAILED;
import static dev.foldstream.kernel.ProcessProgress.Outcome.RUNNING;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldstream.kernel.ProcessManager.Effect;
import dev.foldstream.kernel.ProcessManager.Effect.Send;
import dev.foldstream.kernel.ProcessManager.Effect.StartTimer;
import dev.foldstream.kernel.ProcessManager.Effect.StopTimer;
import dev.foldstream.kernel.ProcessManager.Input;
import dev.foldstream.testkit.Lamp.Command.SwitchOff;
import dev.foldstream.testkit.Lamp.Event.Dimmed;
import dev.foldstream.testkit.Lamp.Event.SwitchedOff;
import dev.foldstream.testkit.Lamp.Event.SwitchedOn;
import dev.foldstream.testkit.NightWatch.Watch;
import dev.foldstream.testkit.NightWatch.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessManagerSpecTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final SwitchedOn ON = new SwitchedOn(40);
  private static final SwitchedOff OFF =
      new SwitchedOff("hall", Instant.parse("2026-03-01T22:00:00Z"));
  private static final Send SEND = new Send("off", "lamp", "hall", new SwitchOff());

  private final ProcessManagerSpec<Lamp.Event, Watch, Watched> watch =
      ProcessManagerSpec.of(new NightWatch(), "hall");

  @Test
  void the_right_effects_and_progress_pass() {
    watch
        .given("lamp", "hall", ON)
        .then(new StartTimer("late", HOUR))
        .thenProgress(new Watched("watching", 1, RUNNING))
        .given("lamp", "hall", OFF)
        .then(new StopTimer("late"))
        .after(HOUR)
        .thenNothing();
  }

  @Test
  void wrong_effects_wrong_order_and_wrong_count_fail() {
    var late = watch.given("lamp", "hall", ON).after(HOUR);
    late.then(SEND, new StartTimer("late", HOUR));
    fails(() -> late.then(new StartTimer("late", HOUR), SEND))
        .withMessageContaining("the effects of Passed[time=PT1H]")
        .withMessageContaining("expected: [StartTimer")
        .withMessageContaining("but was: [Send");
    fails(() -> late.then(SEND));
    fails(() -> late.then(SEND, new StartTimer("late", HOUR), new StopTimer("late")));
    fails(() -> late.then(SEND, new StartTimer("late", HOUR.plusSeconds(1))));
    fails(late::thenNothing);
    fails(() -> late.thenProgress(new Watched("watching", 1, FAILED)))
        .withMessageContaining("the progress after Passed");
  }

  @Test
  void a_timer_goes_off_at_its_time_and_not_before() {
    var on = watch.given("lamp", "hall", ON);
    on.after(HOUR.minusNanos(1)).thenNothing().after(Duration.ofNanos(1)).then(SEND, started());
    on.after(HOUR.multipliedBy(3)).then(SEND, started(), SEND, started(), SEND, started());
    on.after(HOUR.minusNanos(1)).given("lamp", "hall", ON).after(HOUR.minusNanos(1)).thenNothing();
  }

  @Test
  void timers_go_off_in_the_order_of_their_times() {
    var two =
        new NightWatch() {
          @Override
          public List<Effect> react(Watch state, Input<Lamp.Event> input) {
            return switch (input) {
              case Input.TimedOut<Lamp.Event>(var timer) -> List.of(new StopTimer("saw " + timer));
              default ->
                  List.of(
                      new StartTimer("second", HOUR.multipliedBy(2)),
                      new StartTimer("first", HOUR));
            };
          }
        };
    ProcessManagerSpec.of(two, "hall")
        .given("lamp", "hall", ON)
        .after(HOUR.multipliedBy(2))
        .then(new StopTimer("saw first"), new StopTimer("saw second"));
  }

  @Test
  void refusals_nothing_to_do_and_retries_are_learned() {
    var asked = watch.given("lamp", "hall", ON).after(HOUR);
    asked.nothingToDo("off").then(new StopTimer("late"));
    asked.quarantined("off").thenProgress(new Watched("QUARANTINED", 1, FAILED));
    asked
        .refused("off", Lamp.Refusal.NOT_ON)
        .thenProgress(new Watched("NOT_ON", 1, FAILED))
        .retried()
        .then(SEND)
        .thenProgress(new Watched("watching", 2, RUNNING));
  }

  @Test
  void an_answer_to_what_was_not_sent_or_is_answered_fails() {
    fails(() -> watch.given("lamp", "hall", ON).nothingToDo("off").then())
        .withMessageContaining("expected: one of []")
        .withMessageContaining("but was: off");
    fails(
        () ->
            watch
                .given("lamp", "hall", ON)
                .after(HOUR)
                .nothingToDo("off")
                .nothingToDo("off")
                .then());
    fails(
        () ->
            watch.given("lamp", "hall", ON).after(HOUR).refused("out", Lamp.Refusal.NOT_ON).then());
  }

  @Test
  void only_what_has_failed_is_retried() {
    fails(() -> watch.given("lamp", "hall", ON).retried().then()).withMessageContaining("FAILED");
  }

  @Test
  void an_event_of_another_process_fails() {
    fails(() -> watch.given("lamp", "cellar", ON).then())
        .withMessageContaining("expected: Optional[hall]")
        .withMessageContaining("but was: Optional[cellar]");
    fails(() -> watch.given("lamp", "hall", new Dimmed()).then())
        .withMessageContaining("but was: Optional.empty");
  }

  @Test
  void a_process_that_remembers_fails() {
    var forgetful =
        new NightWatch() {
          private int count;

          @Override
          public List<Effect> react(Watch state, Input<Lamp.Event> input) {
            count++;
            return List.of(new StartTimer("late", Duration.ofMinutes(count)));
          }
        };
    var spec = ProcessManagerSpec.of(forgetful, "hall").given("lamp", "hall", ON);
    fails(() -> spec.then(new StartTimer("late", Duration.ofMinutes(1))))
        .withMessageContaining("learned again");
  }

  @Test
  void timers_that_never_rest_fail() {
    var restless =
        new NightWatch() {
          @Override
          public List<Effect> react(Watch state, Input<Lamp.Event> input) {
            return List.of(new StartTimer("now", Duration.ZERO));
          }
        };
    var spec = ProcessManagerSpec.of(restless, "hall").given("lamp", "hall", ON).after(HOUR);
    fails(spec::thenNothing).withMessageContaining("'now' and others went off 1001 times");
  }

  private static StartTimer started() {
    return new StartTimer("late", HOUR);
  }

  private static ThrowableAssertAlternative<AssertionError> fails(ThrowingCallable check) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(check);
  }
}
