package dev.foldstream.projector.operations;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.projector.operations.OperationAnswers.LedgerAnswer;
import dev.foldstream.projector.operations.OperationAnswers.PartitionLedgerAnswer;
import dev.foldstream.projector.operations.OperationAnswers.StoreLedger;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.QuarantineEntry;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /projections/{view}/ledger}. */
@Controller("/projections/{view}/ledger")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LedgerController {

  private final Projector projector;

  LedgerController(Projector projector) {
    this.projector = projector;
  }

  @Get
  @Operation(
      summary = "What became of every event of a view",
      description =
          "Events are read in the order of their sequences, which are dense, and each is counted in the transaction"
              + " that moves the position past it. So counts that add up to the position prove that nothing was skipped.")
  @ApiResponse(responseCode = "200", description = "for each store and partition, the counts")
  LedgerAnswer ledger(String view, @QueryValue @Nullable String store) {
    List<StoreLedger> stores =
        OperatedView.answered(
            () ->
                OperatedView.find(projector, view, store).stream()
                    .map(LedgerController::store)
                    .toList());
    return new LedgerAnswer(view, stores.stream().allMatch(StoreLedger::complete), stores);
  }

  private static StoreLedger store(OperatedView view) {
    List<PartitionLedgerAnswer> partitions =
        view.operations().ledger(view.version()).entrySet().stream()
            .map(entry -> partition(view, entry.getKey(), entry.getValue()))
            .toList();
    return new StoreLedger(
        view.store(),
        view.number(),
        partitions.stream().allMatch(PartitionLedgerAnswer::complete),
        partitions);
  }

  private static PartitionLedgerAnswer partition(
      OperatedView view, TopicPartitionName name, PartitionLedger ledger) {
    var counts = ledger.counts();
    List<Long> waiting =
        counts.quarantined() == 0
            ? List.of()
            : view.operations().open(view.version(), name).stream()
                .map(QuarantineEntry::sequence)
                .distinct()
                .toList();
    return new PartitionLedgerAnswer(
        name.topic(),
        name.partition(),
        ledger.sequence(),
        counts.applied(),
        counts.filtered(),
        counts.quarantined(),
        counts.discarded(),
        ledger.sequence() - counts.total(),
        Ranges.of(waiting),
        ledger.complete());
  }
}
