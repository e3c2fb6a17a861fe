package dev.foldstream.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every way of doing a projection wrong that one fold of its events does not show. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionRunsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** A word said to somebody. */
  private record Said(String to, String word) {}

  private record Heard(String who, List<String> words) {}

  /** Right, and the parent of the wrong ones. */
  private static class Ear implements Projection<Said, Heard> {
    @Override
    public Set<String> keys(RecordedEvent<? extends Said> event) {
      return Set.of(event.event().to().split("\\+"));
    }

    @Override
    public @Nullable Heard apply(
        String key, @Nullable Heard row, RecordedEvent<? extends Said> event) {
      var words = new ArrayList<>(row == null ? List.<String>of() : row.words());
      words.add(event.event().word());
      return new Heard(key, words);
    }
  }

  private static ProjectionSpec<Said, Heard> said(ProjectionSpec<Said, Heard> spec) {
    return spec.given("s-1", NOON, new Said("ada", "one"), new Said("ada+bob", "two"))
        .given("s-2", NOON, new Said("bob", "three"));
  }

  private static final Map<String, Heard> HEARD =
      Map.of(
          "ada", new Heard("ada", List.of("one", "two")),
          "bob", new Heard("bob", List.of("two", "three")));

  private static ThrowableAssertAlternative<AssertionError> fails(Projection<Said, Heard> wrong) {
    return fails(() -> said(ProjectionSpec.of(wrong)).then(HEARD));
  }

  private static ThrowableAssertAlternative<AssertionError> fails(ThrowingCallable check) {
    return assertThatExceptionOfType(AssertionError.class).isThrownBy(check);
  }

  @Test
  void a_projection_that_adds_up_stands_every_run_of_a_store_that_guards() {
    said(ProjectionSpec.of(new Ear())).then(HEARD);
    said(ProjectionSpec.of(Ear::new)).then(HEARD);
  }

  @Test
  void without_a_guard_what_counts_duplicates_fails_and_what_does_not_passes() {
    fails(() -> said(ProjectionSpec.of(new Ear())).evenUnguarded().then(HEARD))
        .withMessageContaining("with every event applied twice, by a store that does not guard")
        .withMessageContaining("[one, one, two, two]");
    assertThatCode(
            () ->
                ProjectionSpec.of(new Lamp.LightProjection())
                    .given("hall", NOON, new Lamp.Event.SwitchedOn(40))
                    .evenUnguarded()
                    .thenRow("hall", new Lamp.Light("hall", 40, NOON, "spec", 1)))
        .doesNotThrowAnyException();
  }

  @Test
  void one_that_remembers_what_it_has_seen_fails_when_it_is_folded_again() {
    fails(
            new Ear() {
              private final Set<String> seen = new HashSet<>();

              @Override
              public @Nullable Heard apply(
                  String key, @Nullable Heard row, RecordedEvent<? extends Said> event) {
                return seen.add(event.id() + key) ? super.apply(key, row, event) : row;
              }
            })
        .withMessageContaining("the rows, folded again");
  }

  @Test
  void one_that_carries_something_from_keys_to_apply_fails_at_the_border_of_a_batch() {
    fails(
            new Ear() {
              private String word = "";

              @Override
              public Set<String> keys(RecordedEvent<? extends Said> event) {
                word = event.event().word();
                return super.keys(event);
              }

              @Override
              public @Nullable Heard apply(
                  String key, @Nullable Heard row, RecordedEvent<? extends Said> event) {
                var words = new ArrayList<>(row == null ? List.<String>of() : row.words());
                words.add(word);
                return new Heard(key, words);
              }
            })
        .withMessageContaining("the rows, in batches of [3]");
  }

  @Test
  void one_that_keeps_rows_by_itself_fails_where_a_process_starts_again() {
    fails(() -> said(ProjectionSpec.of(Hoarder::new)).then(HEARD))
        .withMessageContaining("the rows, in batches of [1, 2]");
  }

  /** Knows the words by itself and never looks at the row. */
  private static final class Hoarder extends Ear {
    private final Map<String, Heard> known = new HashMap<>();

    @Override
    public @Nullable Heard apply(
        String key, @Nullable Heard row, RecordedEvent<? extends Said> event) {
      return known.merge(
          key,
          java.util.Objects.requireNonNull(super.apply(key, null, event)),
          (before, _) -> java.util.Objects.requireNonNull(super.apply(key, before, event)));
    }
  }

  @Test
  void one_that_changes_the_row_it_is_given_fails() {
    fails(
            new Ear() {
              @Override
              public @Nullable Heard apply(
                  String key, @Nullable Heard row, RecordedEvent<? extends Said> event) {
                if (row == null) {
                  return super.apply(key, null, event);
                }
                row.words().add(event.event().word());
                return row;
              }
            })
        .withMessageContaining("the row 'ada' that apply was given with")
        .withMessageContaining("one after another")
        .withMessageContaining("leaves the old one as it was");
  }

  @Test
  void one_that_believes_that_what_comes_twice_was_written_fails_with_a_crash() {
    fails(
            new Ear() {
              private String before = "";

              @Override
              public @Nullable Heard apply(
                  String key, @Nullable Heard row, RecordedEvent<? extends Said> event) {
                String call = event.id() + key;
                boolean again = call.equals(before);
                before = call;
                return again ? row : super.apply(key, row, event);
              }
            })
        .withMessageContaining("the rows, with a crash between write and commit of event 1");
  }

  @Test
  void one_that_throws_in_a_run_is_told_with_the_run() {
    fails(
            new Ear() {
              private final Set<String> asked = new HashSet<>();

              @Override
              public Set<String> keys(RecordedEvent<? extends Said> event) {
                if (!asked.add(event.id())) {
                  throw new IllegalStateException("asked twice");
                }
                return super.keys(event);
              }
            })
        .withMessage("the projection failed, folded again")
        .withRootCauseInstanceOf(IllegalStateException.class);
  }
}
