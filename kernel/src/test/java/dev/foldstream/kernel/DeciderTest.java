package dev.foldstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeciderTest {

  private record Joining() implements Decider<String, String, String> {
    @Override
    public String initial() {
      return "";
    }

    @Override
    public Decision<String> decide(String command, String state, CommandContext context) {
      return Decision.accept(command);
    }

    @Override
    public String evolve(String state, String event) {
      return state + event;
    }
  }

  @Test
  void folding_applies_the_events_in_their_order() {
    assertThat(new Joining().fold("0", List.of("a", "b", "c"))).isEqualTo("0abc");
  }

  @Test
  void folding_nothing_leaves_the_state() {
    assertThat(new Joining().fold("0", List.of())).isEqualTo("0");
  }
}
