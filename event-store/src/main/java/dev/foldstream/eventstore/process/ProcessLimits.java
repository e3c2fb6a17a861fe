package dev.foldstream.eventstore.process;

import java.time.Duration;

/** How much one process may have; more is a fault of its manager. */
public final class ProcessLimits {

  /** Effects that may follow from one input. */
  public static final int MAX_EFFECTS = 1_000;

  /** Commands of one process without an outcome yet. */
  public static final int MAX_PENDING = 1_000;

  /** Timers of one process that run. */
  public static final int MAX_TIMERS = 100;

  /** Characters of the name of a command or a timer. */
  public static final int MAX_NAME = 200;

  /** The longest a timer may run. */
  public static final Duration MAX_TIMER = Duration.ofDays(3_650);

  /** Aggregates whose events one process follows. */
  public static final int MAX_STREAMS = 10_000;

  /** Inputs held for a process that stands still, the one set aside among them. */
  public static final int MAX_HELD = 1_000;

  /** Timers that go off in one pass; the next pass follows at once. */
  public static final int MAX_FIRED_PER_PASS = 100;

  private ProcessLimits() {}
}
