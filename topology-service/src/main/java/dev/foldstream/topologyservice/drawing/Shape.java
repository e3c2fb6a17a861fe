package dev.foldstream.topologyservice.drawing;

/** What a node is, which decides how it looks. */
public enum Shape {
  SOURCE,
  STEP,
  STATE,
  SINK
}
