package dev.foldstream.projector.projections;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this host says of projections. */
final class ProjectionAnswers {

  private ProjectionAnswers() {}

  /** The list of all projections. */
  @Serdeable
  record ProjectionList(List<ProjectionAnswer> items) {}

  /**
   * One view with its versions.
   *
   * @param liveVersion null while no store has told it yet
   */
  @Serdeable
  record ProjectionAnswer(
      String view,
      String domain,
      @Nullable Integer liveVersion,
      String state,
      List<VersionAnswer> versions) {}

  /** One version over all stores that keep it. */
  @Serdeable
  record VersionAnswer(
      int version,
      @Schema(
              description =
                  "the worst of its stores: running, starting, paused, stalled or stopped; of a"
                      + " version that is not live: building, ready, retired or failed")
          String state,
      @Schema(description = "records between the view and the end of the log; null when unknown")
          @Nullable Long lagEvents,
      @Schema(description = "age of the oldest event that is not in the view; null when unknown")
          @Nullable Long lagSeconds,
      @Schema(description = "share of the log that is in the view, 0 to 1; null when unknown")
          @Nullable Double progress,
      List<StoreAnswer> stores) {}

  /** One version in one store. */
  @Serdeable
  record StoreAnswer(
      String store,
      String state,
      @Schema(description = "why it does not run, or null") @Nullable String reason,
      @Nullable Long lagEvents,
      @Nullable Long lagSeconds,
      @Nullable Double progress,
      @Schema(description = "events that some row waits for; null when unknown")
          @Nullable Long quarantined,
      List<PartitionAnswer> partitions) {}

  /** One partition in one store. */
  @Serdeable
  record PartitionAnswer(
      String topic,
      int partition,
      @Schema(description = "running, starting, stopped; elsewhere when another projector owns it")
          String state,
      @Nullable String reason,
      @Schema(description = "the last sequence that is in the view; null when unknown")
          @Nullable Long sequence,
      @Nullable Long lagEvents,
      @Nullable Long lagSeconds) {}
}
