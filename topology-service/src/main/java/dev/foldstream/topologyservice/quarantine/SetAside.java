package dev.foldstream.topologyservice.quarantine;

import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.StepFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a step of a topology could not take, by pointer. This is the stored form.
 *
 * @param pointer to the expression in the document
 * @param expression null when none was evaluated
 * @param redrives how often the event had been given to the topology again before
 */
public record SetAside(
    String topology,
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
    Instant setAsideAt) {

  /** Longer causes are cut. */
  static final int MAX_CAUSE = 2_000;

  static SetAside of(String topology, int version, StepFailure failure, Instant now) {
    String cause = failure.cause();
    RecordPointer record = failure.record();
    return new SetAside(
        topology,
        version,
        record.topic(),
        record.partition(),
        record.offset(),
        failure.key(),
        failure.step(),
        failure.pointer(),
        failure.expression(),
        cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause,
        failure.redrives(),
        now);
  }

  /** The same for each time it fails at the same step. */
  public String id() {
    return new RecordPointer(topic, partition, offset) + ":" + step;
  }
}
