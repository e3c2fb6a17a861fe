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
      @Schema(description = "whether somebody asked it to stand still") boolean paused,
      @Schema(description = "events that some row waits for; null when unknown")
          @Nullable Long quarantined,
      @Schema(description = "what became of all events; null when unknown")
          @Nullable LedgerTotals ledger,
      @Schema(description = "the last rebuild in this store, or null")
          @Nullable RebuildProgress rebuild,
      List<PartitionAnswer> partitions) {}

  /** The ledger of one store over all partitions. */
  @Serdeable
  record LedgerTotals(
      @Schema(description = "whether every sequence from 1 on is accounted for") boolean complete,
      long applied,
      long filtered,
      long quarantined,
      long discarded) {}

  /** How far a rebuild came; {@code /projections/{view}/rebuild} tells what it compared. */
  @Serdeable
  record RebuildProgress(
      @Schema(description = "rebuild, verify or rollback") String kind,
      int version,
      String state,
      @Nullable String reason,
      long eventsDone,
      long eventsToDo,
      double eventsPerSecond,
      @Schema(description = "at this rate; null when it is not known")
          @Nullable Long secondsLeft) {}

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
