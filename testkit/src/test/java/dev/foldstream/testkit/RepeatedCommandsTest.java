package dev.foldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.testkit.Lamp.Command.Dim;
import dev.foldstream.testkit.Lamp.Command.SwitchOff;
import dev.foldstream.testkit.Lamp.Command.SwitchOn;
import dev.foldstream.testkit.Lamp.Event.Dimmed;
import dev.foldstream.testkit.Lamp.Event.SwitchedOff;
import dev.foldstream.testkit.Lamp.Event.SwitchedOn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RepeatedCommandsTest {

  private static final Instant NIGHT = Instant.parse("2026-03-01T22:00:00Z");
  private static final CommandContext CONTEXT =
      new CommandContext("hall", NIGHT, new Metadata("c-1", "c-1", null, Metadata.ANONYMOUS));

  private final RepeatedCommands<Lamp.Command, Lamp.State, Lamp.Event> commands =
      RepeatedCommands.of(new Lamp.LampDecider());

  @Test
  void idempotent_commands_pass_and_their_events_are_returned() {
    var given = List.of(new SwitchOn(40), new SwitchOn(101), new SwitchOff());
    assertThat(commands.run(given, CONTEXT))
        .containsExactly(new SwitchedOn(40), new SwitchedOff("hall", NIGHT));
  }

  @Test
  void a_command_that_yields_events_again_fails() {
    fails(commands, List.of(new SwitchOn(40), new Dim()), "Dimmed[]");
  }

  @Test
  void an_excepted_command_is_not_repeated() {
    var events =
        commands
            .except(Dim.class::isInstance)
            .run(List.of(new SwitchOn(40), new Dim(), new SwitchOff()), CONTEXT);
    assertThat(events).hasSize(3).contains(new Dimmed());
  }

  @Test
  void a_broken_invariant_fails() {
    var weak =
        commands.keeping(
            lamp -> {
              if (lamp.watts() > 50) {
                throw new AssertionError("too bright: " + lamp);
              }
            });
    assertThat(weak.run(List.of(new SwitchOn(50)), CONTEXT)).hasSize(1);
    fails(weak, List.of(new SwitchOn(51)), "too bright");
  }

  @Test
  void a_decider_that_decides_otherwise_the_second_time_fails() {
    var moody =
        new DeciderThatCounts() {
          @Override
          public Decision<Integer> decide(String command, Integer state, CommandContext context) {
            return Decision.accept(calls++);
          }
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> RepeatedCommands.of(moody).run(List.of("go"), CONTEXT))
        .withMessageContaining("made again");
  }

  private static void fails(
      RepeatedCommands<Lamp.Command, ?, Lamp.Event> commands,
      List<? extends Lamp.Command> given,
      String message) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> commands.run(given, CONTEXT))
        .withMessageContaining(message);
  }

  private abstract static class DeciderThatCounts
      implements dev.foldstream.kernel.Decider<String, Integer, Integer> {
    int calls;

    @Override
    public Integer initial() {
      return 0;
    }

    @Override
    public Integer evolve(Integer state, Integer event) {
      return state + event;
    }
  }
}
