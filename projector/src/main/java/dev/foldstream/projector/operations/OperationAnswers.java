package dev.foldstream.projector.operations;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this host says of ledgers, quarantines and pauses. */
final class OperationAnswers {

  private OperationAnswers() {}

  /** What became of every event. */
  @Serdeable
  record LedgerAnswer(
      String view,
      @Schema(description = "whether every sequence from 1 on is accounted for, in all stores")
          boolean complete,
      List<StoreLedger> stores) {}

  /** The ledger of one store. */
  @Serdeable
  record StoreLedger(
      String store, int version, boolean complete, List<PartitionLedgerAnswer> partitions) {}

  /** The ledger of one partition. */
  @Serdeable
  record PartitionLedgerAnswer(
      String topic,
      int partition,
      @Schema(
              description =
                  "the last sequence that was passed; all of 1 to here were read in order")
          long sequence,
      @Schema(description = "events folded into each of their rows") long applied,
      @Schema(description = "events that are no concern of the view") long filtered,
      @Schema(description = "events that some row did not take and waits for") long quarantined,
      @Schema(description = "events that somebody gave up, by name") long discarded,
      @Schema(description = "sequences no account is kept of: 0, or the view wants a rebuild")
          long unaccounted,
      @Schema(description = "the sequences of the quarantined events, as ranges")
          List<RangeAnswer> quarantinedRanges,
      boolean complete) {}

  /** Sequences from the first to the last. */
  @Serdeable
  record RangeAnswer(long first, long last) {}

  /** A page of the quarantine. */
  @Serdeable
  record QuarantineList(List<EntryAnswer> items, @Nullable String next) {}

  /** One event that a row, or an aggregate, waits for. */
  @Serdeable
  record EntryAnswer(
      String id,
      String store,
      int version,
      String topic,
      int partition,
      long sequence,
      long offset,
      String aggregateId,
      @Schema(description = "row, or aggregate when the rows could not be told") String scope,
      @Schema(description = "the key of the row, or the id of the aggregate, that waits")
          String key,
      @Schema(description = "poison, held or discarded") String kind,
      String cause,
      String detail,
      int attempts,
      Instant since,
      @Schema(description = "retry or discard, while it is asked for or when it was discarded")
          @Nullable String request,
      @Nullable String requestedBy,
      @Nullable String reason,
      @Nullable Instant requestedAt) {}

  /** What came of a request. */
  @Serdeable
  record RequestAnswer(
      String id,
      @Schema(
              description =
                  "applied, discarded, quarantined when it failed again, or requested while the owner has not answered")
          String outcome,
      @Nullable EntryAnswer entry) {}

  /** Why an entry is given up. */
  @Serdeable
  record DiscardBody(@Nullable String reason) {}

  /** Which stores of a view stand still. */
  @Serdeable
  record PauseList(String view, List<PauseAnswer> stores) {}

  /** Whether a view is asked to stand still in a store. */
  @Serdeable
  record PauseAnswer(
      String store, boolean paused, @Nullable String principal, @Nullable Instant since) {}
}
