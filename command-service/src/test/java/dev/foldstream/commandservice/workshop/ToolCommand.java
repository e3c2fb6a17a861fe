package dev.foldstream.commandservice.workshop;

public sealed interface ToolCommand {

  record UseTool(int times) implements ToolCommand {}

  /** Fails until {@link WorkshopDomain#mend}. */
  record BendTool() implements ToolCommand {}
}
