package dev.foldstream.host.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.host.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PreferencesTest {

  private static final Duration TWO = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(30);

  @Test
  void a_wait_is_read_in_seconds_and_their_thousandths() {
    assertThat(read("wait=5").patience(TWO, MOST)).isEqualTo(Duration.ofSeconds(5));
    assertThat(read("Wait = 0.25").patience(TWO, MOST)).isEqualTo(Duration.ofMillis(250));
    assertThat(read("wait=\"3\"; hint=x").patience(TWO, MOST)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void without_a_wait_the_default_holds_and_no_wait_is_longer_than_the_limit() {
    assertThat(Preferences.NONE.patience(TWO, MOST)).isEqualTo(TWO);
    assertThat(read("wait=99999").patience(TWO, MOST)).isEqualTo(MOST);
  }

  @Test
  void several_preferences_stand_in_one_header_or_in_many_and_the_first_of_a_name_counts() {
    var both = Preferences.read(List.of("respond-async, wait=1", "wait=9", "handling=lenient"));
    assertThat(both.respondAsync()).isTrue();
    assertThat(both.patience()).contains(Duration.ofSeconds(1));
  }

  @Test
  void a_count_is_exact_or_estimated_and_nothing_else() {
    assertThat(read("count=exact").count()).contains("exact");
    assertThat(read("wait=1, count=estimated").count()).contains("estimated");
    assertThat(read("count=wild").count()).isEmpty();
  }

  @Test
  void unknown_preferences_are_ignored() {
    assertThat(read("return=minimal, foo; bar, ,")).isEqualTo(Preferences.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=soon", "wait=-1", "wait=1e3", "wait=100000"})
  void a_wait_that_is_no_number_of_seconds_is_refused(String header) {
    assertThatThrownBy(() -> read(header))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("wait is a number of seconds");
  }

  private static Preferences read(String header) {
    return Preferences.read(List.of(header));
  }
}
