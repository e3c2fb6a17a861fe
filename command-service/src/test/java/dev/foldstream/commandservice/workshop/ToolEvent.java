package dev.foldstream.commandservice.workshop;

public sealed interface ToolEvent {

  /** The total is the state's after it, as decided. */
  record ToolUsed(int times, int total) implements ToolEvent {}

  record ToolBent() implements ToolEvent {}
}
