package dev.foldstream.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.testkit.Lamp.Event.Dimmed;
import dev.foldstream.testkit.Lamp.Event.SwitchedOff;
import dev.foldstream.testkit.Lamp.Event.SwitchedOn;
import dev.foldstream.testkit.Lamp.Light;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionSpecTest {

  private static final Instant DUSK = Instant.parse("2026-03-01T18:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-03-01T22:00:00Z");
  private static final Light HALL = new Light("hall", 60, NIGHT, "lamp", 2);
  private static final Light CELLAR = new Light("cellar", 40, DUSK, "lamp", 1);

  private final ProjectionSpec<Lamp.Event, Light> lights =
      ProjectionSpec.of(new Lamp.LightProjection())
          .from("home", "lamp")
          .given("hall", DUSK, new SwitchedOn(40))
          .given("cellar", DUSK, new SwitchedOn(40))
          .given("hall", NIGHT, new SwitchedOn(60), new Dimmed());

  @Test
  void the_right_rows_pass_whatever_their_order() {
    lights.then(Map.of("hall", HALL, "cellar", CELLAR));
    lights.thenRow("hall", HALL).thenRow("cellar", CELLAR).thenNoRow("attic");
  }

  @Test
  void a_row_is_gone_when_the_projection_says_null() {
    var one = lights.given("cellar", NIGHT, new SwitchedOff("cellar", NIGHT));
    one.thenNoRow("cellar").then(Map.of("hall", HALL));
  }

  @Test
  void wrong_content_fails_and_shows_both_sides() {
    fails(() -> lights.thenRow("hall", CELLAR))
        .withMessageContaining("the row 'hall'")
        .withMessageContaining("expected: " + CELLAR)
        .withMessageContaining("but was: " + HALL);
    fails(() -> lights.then(Map.of("hall", HALL, "cellar", HALL)));
  }

  @Test
  void too_few_and_too_many_rows_fail() {
    fails(() -> lights.then(Map.of("hall", HALL)));
    fails(() -> lights.then(Map.of("hall", HALL, "cellar", CELLAR, "attic", CELLAR)));
    fails(() -> lights.thenRow("attic", HALL));
    fails(() -> lights.thenNoRow("hall"));
  }

  @Test
  void the_order_of_events_counts() {
    var off = new SwitchedOff("hall", DUSK);
    var on = new SwitchedOn(40);
    var empty = ProjectionSpec.of(new Lamp.LightProjection());
    empty.given("hall", DUSK, on, off).then(Map.of());
    fails(() -> empty.given("hall", DUSK, off, on).then(Map.of()));
  }

  @Test
  void a_projection_that_remembers_fails() {
    var forgetful =
        new Lamp.LightProjection() {
          private int count;

          @Override
          public @Nullable Light apply(
              String key, @Nullable Light row, RecordedEvent<? extends Lamp.Event> event) {
            count++;
            return new Light(key, count, DUSK, "lamp", 1);
          }
        };
    var spec = ProjectionSpec.of(forgetful).given("hall", DUSK, new SwitchedOn(40));
    fails(() -> spec.thenRow("hall", new Light("hall", 1, DUSK, "lamp", 1)))
        .withMessageContaining("folded again");
  }

  private static ThrowableAssertAlternative<AssertionError> fails(ThrowingCallable check) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(check);
  }
}
