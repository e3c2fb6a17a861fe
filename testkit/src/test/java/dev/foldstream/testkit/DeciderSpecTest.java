package dev.foldstream.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldstream.testkit.Lamp.Command.Dim;
import dev.foldstream.testkit.Lamp.Command.Flicker;
import dev.foldstream.testkit.Lamp.Command.SwitchOff;
import dev.foldstream.testkit.Lamp.Command.SwitchOn;
import dev.foldstream.testkit.Lamp.Event.Dimmed;
import dev.foldstream.testkit.Lamp.Event.SwitchedOff;
import dev.foldstream.testkit.Lamp.Event.SwitchedOn;
import dev.foldstream.testkit.Lamp.Refusal;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeciderSpecTest {

  private static final Instant NIGHT = Instant.parse("2026-03-01T22:00:00Z");

  private final DeciderSpec<Lamp.Command, Lamp.State, Lamp.Event> lamp =
      DeciderSpec.of(new Lamp.LampDecider()).as("hall").at(NIGHT);

  private final SwitchedOff off = new SwitchedOff("hall", NIGHT);

  @Test
  void the_right_events_pass() {
    lamp.when(new SwitchOn(40)).then(new SwitchedOn(40)).andAgainNothing();
    lamp.when(new Flicker()).then(new SwitchedOn(10), off);
    lamp.given(new SwitchedOn(40)).when(new SwitchOff()).then(off).andAgainNothing();
  }

  @Test
  void a_refusal_and_nothing_pass() {
    lamp.when(new SwitchOn(101)).thenRejected(Refusal.TOO_STRONG);
    lamp.given(new SwitchedOn(40), off).when(new SwitchOff()).thenNothing();
  }

  @Test
  void wrong_content_fails_and_shows_both_sides() {
    fails(() -> lamp.when(new SwitchOn(40)).then(new SwitchedOn(41)))
        .withMessageContaining("SwitchOn[watts=40]")
        .withMessageContaining("expected: Accepted[events=[SwitchedOn[watts=41]]]")
        .withMessageContaining("but was: Accepted[events=[SwitchedOn[watts=40]]]");
  }

  @Test
  void wrong_order_fails() {
    fails(() -> lamp.when(new Flicker()).then(off, new SwitchedOn(10)));
  }

  @Test
  void too_few_and_too_many_events_fail() {
    fails(() -> lamp.when(new Flicker()).then(new SwitchedOn(10)));
    fails(() -> lamp.when(new Flicker()).then(new SwitchedOn(10), off, off));
    fails(() -> lamp.when(new Flicker()).then());
    fails(() -> lamp.when(new Flicker()).thenNothing());
  }

  @Test
  void events_are_no_refusal_and_a_refusal_is_not_nothing() {
    fails(() -> lamp.when(new SwitchOn(40)).thenRejected(Refusal.TOO_STRONG));
    fails(() -> lamp.when(new SwitchOn(101)).thenNothing());
    fails(() -> lamp.when(new SwitchOn(101)).then(new SwitchedOn(101)));
  }

  @Test
  void another_refusal_fails() {
    fails(() -> lamp.when(new Dim()).thenRejected(Refusal.TOO_STRONG))
        .withMessageContaining("TOO_STRONG")
        .withMessageContaining("NOT_ON");
  }

  @Test
  void another_id_or_time_fails() {
    var on = lamp.given(new SwitchedOn(40));
    fails(() -> on.as("cellar").when(new SwitchOff()).then(off));
    fails(() -> on.at(NIGHT.plusSeconds(1)).when(new SwitchOff()).then(off));
  }

  @Test
  void a_command_that_does_more_when_repeated_fails_and_again_nothing() {
    var accepted = lamp.given(new SwitchedOn(40)).when(new Dim()).then(new Dimmed());
    fails(accepted::andAgainNothing);
  }

  @Test
  void what_is_given_replaces_what_was_given_before() {
    lamp.given(new SwitchedOn(40)).given().when(new Dim()).thenRejected(Refusal.NOT_ON);
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<AssertionError> fails(
      ThrowingCallable check) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(check);
  }
}
