package dev.foldstream.commandservice.nextworkshop;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of the workshop in other classes, with one component more in an event. */
public final class NextWorkshop implements Domain {

  private static final int MOST = 100;

  public sealed interface Command {}

  public record UseTool(int times) implements Command {}

  public record BendTool() implements Command {}

  public sealed interface Event {}

  public record ToolUsed(int times, int total, @Nullable String by) implements Event {}

  public record ToolBent() implements Event {}

  public record State(int used) {}

  enum Refusal implements Rejection {
    TOO_OFTEN
  }

  @Override
  public String name() {
    return "workshop";
  }

  @Override
  public List<Feature> features() {
    return List.of(
        Feature.Aggregate.of("tool", Command.class, State.class, Event.class, new Rules()));
  }

  private record Rules() implements Decider<Command, State, Event> {

    @Override
    public State initial() {
      return new State(0);
    }

    @Override
    public Decision<Event> decide(Command command, State state, CommandContext context) {
      return switch (command) {
        case UseTool(var times) when state.used() + times > MOST ->
            Decision.reject(Refusal.TOO_OFTEN);
        case UseTool(var times) ->
            Decision.accept(new ToolUsed(times, state.used() + times, by(times)));
        case BendTool() -> Decision.accept(new ToolBent());
      };
    }

    /** Who used it four times is told. */
    private static @Nullable String by(int times) {
      return times == 4 ? "somebody" : null;
    }

    @Override
    public State evolve(State state, Event event) {
      return switch (event) {
        case ToolUsed(var times, var total, var by) -> new State(state.used() + times);
        case ToolBent() -> state;
      };
    }
  }
}
