package dev.foldstream.projector.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker does.
 *
 * @param version the version it keeps, 0 before it is known
 * @param partitions those it owns; others are another projector's
 * @param events events read since it started
 */
public record WorkerProgress(
    ProjectionTarget target,
    int version,
    WorkState state,
    @Nullable String reason,
    List<PartitionProgress> partitions,
    long events) {

  /** The worst of the worker and its partitions. */
  public WorkState worst() {
    WorkState worst = state;
    for (PartitionProgress partition : partitions) {
      worst = worst.worse(partition.state());
    }
    return worst;
  }

  /** How many entries wait in the quarantine of its partitions. */
  public int quarantined() {
    return partitions.stream().mapToInt(PartitionProgress::quarantined).sum();
  }
}
