package dev.foldstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DecisionTest {

  private enum Refusal implements Rejection {
    NO
  }

  @Test
  void a_decision_keeps_its_own_copy_of_the_events() {
    var events = new ArrayList<>(List.of("first"));
    var decision = new Decision.Accepted<>(events);
    events.add("second");
    assertThat(decision.events()).containsExactly("first").isUnmodifiable();
  }

  @Test
  void events_keep_their_order() {
    assertThat(Decision.accept("b", "a")).isEqualTo(new Decision.Accepted<>(List.of("b", "a")));
  }

  @Test
  void nothing_to_do_is_accepting_without_events() {
    assertThat(Decision.<String>nothingToDo()).isEqualTo(new Decision.Accepted<>(List.of()));
  }

  @Test
  void a_refusal_carries_its_reason() {
    assertThat(Decision.<String>reject(Refusal.NO)).isEqualTo(new Decision.Rejected<>(Refusal.NO));
  }
}
