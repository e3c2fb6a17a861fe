package dev.foldstream.commandservice.workshop;

import dev.foldstream.commandservice.workshop.ToolCommand.BendTool;
import dev.foldstream.commandservice.workshop.ToolCommand.UseTool;
import dev.foldstream.commandservice.workshop.ToolEvent.ToolBent;
import dev.foldstream.commandservice.workshop.ToolEvent.ToolUsed;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

/**
 * Stands for several releases of one decider.
 *
 * @param most that the state may count; more is refused
 * @param weight what a use counts in the state
 */
record ToolDecider(int most, int weight) implements Decider<ToolCommand, Tool, ToolEvent> {

  @Override
  public Tool initial() {
    return new Tool(0);
  }

  @Override
  public Decision<ToolEvent> decide(ToolCommand command, Tool tool, CommandContext context) {
    return switch (command) {
      case UseTool(var times) when tool.used() + times > most ->
          Decision.reject(ToolRejection.TOO_OFTEN);
      case UseTool(var times) -> Decision.accept(new ToolUsed(times, tool.used() + times));
      case BendTool() -> bend();
    };
  }

  private static Decision<ToolEvent> bend() {
    if (WorkshopDomain.broken()) {
      throw new IllegalStateException("a bug of the workshop");
    }
    return Decision.accept(new ToolBent());
  }

  @Override
  public Tool evolve(Tool tool, ToolEvent event) {
    WorkshopDomain.awaitRelease();
    return switch (event) {
      case ToolUsed(var times, var total) -> new Tool(tool.used() + weight * times);
      case ToolBent() -> tool;
    };
  }
}
