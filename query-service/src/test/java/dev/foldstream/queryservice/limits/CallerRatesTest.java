package dev.foldstream.queryservice.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallerRatesTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CallerRates rates = new CallerRates(10, 3);

  @Test
  void a_caller_asks_so_often_at_once_and_then_at_the_rate() {
    for (int i = 0; i < 3; i++) {
      assertThat(rates.take("a", 0)).isZero();
    }
    assertThat(rates.take("a", 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(rates.take("a", SECOND / 20)).isEqualTo(Duration.ofMillis(50));
    assertThat(rates.take("b", 0)).isZero();
    assertThat(rates.take("a", SECOND / 10)).isZero();
    assertThat(rates.take("a", SECOND / 10)).isPositive();
    for (int i = 0; i < 3; i++) {
      assertThat(rates.take("a", 60 * SECOND)).isZero();
    }
    assertThat(rates.take("a", 60 * SECOND)).isPositive();
  }

  @Test
  void of_too_many_callers_some_are_forgotten() {
    for (int i = 0; i < 3; i++) {
      rates.take("first", 0);
    }
    for (int i = 0; i < 2 * CallerRates.MAX_CALLERS; i++) {
      assertThat(rates.take("caller " + i, 0)).isZero();
    }
    assertThat(rates.take("first", 0)).isZero();
  }
}
