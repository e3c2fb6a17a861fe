package dev.foldstream.projector.operations;

import dev.foldstream.kernel.Metadata;
import dev.foldstream.projector.operations.OperationAnswers.PauseAnswer;
import dev.foldstream.projector.operations.OperationAnswers.PauseList;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.viewstore.ViewPause;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code POST /projections/{view}/pause} and {@code resume}. */
@Controller("/projections/{view}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PauseController {

  private final Projector projector;

  PauseController(Projector projector) {
    this.projector = projector;
  }

  @Post("/pause")
  @Operation(
      summary = "Let a view stand still, in one store or in all",
      description =
          "Kept in the store, so it outlives every restart. Workers stop within about a second.")
  @ApiResponse(responseCode = "200", description = "which stores are paused")
  PauseList pause(String view, @QueryValue @Nullable String store) {
    var by = new ViewPause(Metadata.ANONYMOUS, Instant.now());
    return all(view, store, one -> one.operations().pause(one.target().view(), by));
  }

  @Post("/resume")
  @Operation(summary = "Let a paused view go on, in one store or in all")
  @ApiResponse(responseCode = "200", description = "which stores are paused")
  PauseList resume(String view, @QueryValue @Nullable String store) {
    return all(view, store, one -> one.operations().resume(one.target().view()));
  }

  private PauseList all(String view, @Nullable String store, Consumer<OperatedView> change) {
    return OperatedView.answered(
        () -> {
          OperatedView.find(projector, view, store).forEach(change);
          return new PauseList(
              view,
              OperatedView.find(projector, view, null).stream()
                  .map(PauseController::answer)
                  .toList());
        });
  }

  private static PauseAnswer answer(OperatedView view) {
    ViewPause pause = view.operations().paused(view.target().view()).orElse(null);
    return new PauseAnswer(
        view.store(),
        pause != null,
        pause == null ? null : pause.principal(),
        pause == null ? null : pause.since());
  }
}
