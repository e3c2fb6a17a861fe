package dev.foldstream.topologyservice.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was set aside, and what was done about it.
 *
 * @param state OPEN, or REDRIVEN when it was given to the topology again and did not come back
 * @param redrives how often it was given again
 */
public record Case(
    String id,
    String state,
    int version,
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    String step,
    String pointer,
    @Nullable String expression,
    String cause,
    int redrives,
    Instant setAsideAt,
    @Nullable Instant redrivenAt) {

  static final String OPEN = "OPEN";
  static final String REDRIVEN = "REDRIVEN";

  static Case of(SetAside found, @Nullable Redriven redriven) {
    boolean done = redriven != null && redriven.redrives() > found.redrives();
    return new Case(
        found.id(),
        done ? REDRIVEN : OPEN,
        found.version(),
        found.topic(),
        found.partition(),
        found.offset(),
        found.key(),
        found.step(),
        found.pointer(),
        found.expression(),
        found.cause(),
        redriven == null ? found.redrives() : Math.max(found.redrives(), redriven.redrives()),
        found.setAsideAt(),
        redriven == null ? null : redriven.at());
  }
}
