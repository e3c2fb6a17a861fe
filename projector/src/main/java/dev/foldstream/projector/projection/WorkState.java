package dev.foldstream.projector.projection;

/** How a projection, or one partition of it, is doing; a later one is worse. */
public enum WorkState {
  /** Reads and writes. */
  RUNNING,
  /** Has not begun. */
  STARTING,
  /** Stands still because somebody asked for it. */
  PAUSED,
  /** Waits for something that did not answer, and tries again by itself. */
  STALLED,
  /** Stands still until somebody mends what the reason says. */
  STOPPED;

  public WorkState worse(WorkState other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
