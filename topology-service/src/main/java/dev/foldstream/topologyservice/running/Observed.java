package dev.foldstream.topologyservice.running;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a version does in this process.
 *
 * @param since when it came into this state
 * @param reason why it is parked or waits, or what ended it last
 */
public record Observed(State state, Instant since, @Nullable String reason) {

  /** The states of a version in one process. */
  public enum State {
    STARTING,
    RUNNING,
    /** Partitions are being moved or restored, or it is started anew after a failure. */
    REBALANCING,
    /** Kafka or the schema registry does not answer; it is tried again by itself. */
    WAITING,
    /** It cannot be compiled, started or run; the others go on. Needs a person. */
    PARKED,
    STOPPED
  }
}
