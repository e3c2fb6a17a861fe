package dev.foldstream.testkit;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.Rejection;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the specifications are tried on: a lamp that burns out, with a fault to switch on. */
final class Lamp {

  private Lamp() {}

  sealed interface Command {
    record SwitchOn(int watts) implements Command {}

    record SwitchOff() implements Command {}

    record Flicker() implements Command {}

    /** Recognised by nobody when it is repeated. */
    record Dim() implements Command {}
  }

  sealed interface Event {
    record SwitchedOn(int watts) implements Event {}

    record SwitchedOff(String by, Instant at) implements Event {}

    record Dimmed() implements Event {}
  }

  enum Refusal implements Rejection {
    TOO_STRONG,
    NOT_ON
  }

  record State(int watts) {}

  static final class LampDecider implements Decider<Command, State, Event> {
    @Override
    public State initial() {
      return new State(0);
    }

    @Override
    public Decision<Event> decide(Command command, State lamp, CommandContext context) {
      return switch (command) {
        case Command.SwitchOn(int watts) when watts > 100 -> Decision.reject(Refusal.TOO_STRONG);
        case Command.SwitchOn(int watts) when watts == lamp.watts() -> Decision.nothingToDo();
        case Command.SwitchOn(int watts) -> Decision.accept(new Event.SwitchedOn(watts));
        case Command.SwitchOff _ when lamp.watts() == 0 -> Decision.nothingToDo();
        case Command.SwitchOff _ -> Decision.accept(off(context));
        case Command.Flicker _ -> Decision.accept(new Event.SwitchedOn(10), off(context));
        case Command.Dim _ when lamp.watts() == 0 -> Decision.reject(Refusal.NOT_ON);
        case Command.Dim _ -> Decision.accept(new Event.Dimmed());
      };
    }

    private static Event off(CommandContext context) {
      return new Event.SwitchedOff(context.aggregateId(), context.occurredAt());
    }

    @Override
    public State evolve(State lamp, Event event) {
      return switch (event) {
        case Event.SwitchedOn(int watts) -> new State(watts);
        case Event.SwitchedOff _ -> new State(0);
        case Event.Dimmed _ -> new State(lamp.watts() - 1);
      };
    }
  }

  /** The row is there while the lamp burns. */
  record Light(String lamp, int watts, Instant since, String category, long version) {}

  static class LightProjection implements Projection<Event, Light> {
    @Override
    public Set<String> keys(RecordedEvent<? extends Event> event) {
      return event.event() instanceof Event.Dimmed ? Set.of() : Set.of(event.stream().id());
    }

    @Override
    public @Nullable Light apply(
        String key, @Nullable Light row, RecordedEvent<? extends Event> event) {
      return switch (event.event()) {
        case Event.SwitchedOn(int watts) ->
            new Light(key, watts, event.occurredAt(), event.stream().category(), event.version());
        case Event.SwitchedOff _, Event.Dimmed _ -> null;
      };
    }
  }
}
