package dev.foldstream.projector.operations;

import dev.foldstream.projector.operations.OperationAnswers.DiscardBody;
import dev.foldstream.projector.operations.OperationAnswers.QuarantineList;
import dev.foldstream.projector.operations.OperationAnswers.RequestAnswer;
import dev.foldstream.viewstore.QuarantineRequest.Action;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/** {@code /projections/{view}/quarantine}. */
@Controller("/projections/{view}/quarantine")
@ExecuteOn(TaskExecutors.BLOCKING)
final class QuarantineController {

  private final QuarantineOffice office;

  QuarantineController(QuarantineOffice office) {
    this.office = office;
  }

  @Get
  @Operation(summary = "The events that rows of a view wait for, and those that were discarded")
  @ApiResponse(responseCode = "200", description = "a page, in order of store and place")
  QuarantineList list(
      String view,
      @QueryValue @Nullable String store,
      @QueryValue @Nullable Integer limit,
      @QueryValue @Nullable String cursor) {
    return office.page(view, store, limit, cursor);
  }

  @Post("/{id}/retry")
  @Operation(
      summary = "Try an event again, with the code of today",
      description =
          "The event is read from the log again. It and all that wait behind it are applied in order, up to the"
              + " first that fails, in one transaction, by the projector that owns the partition.")
  @ApiResponse(responseCode = "200", description = "what came of it")
  @ApiResponse(responseCode = "202", description = "the owner has not answered yet")
  @ApiResponse(responseCode = "404", description = "there is no such entry")
  HttpResponse<RequestAnswer> retry(String view, String id, @QueryValue @Nullable String store) {
    return answer(office.request(view, store, id, Action.RETRY, ""));
  }

  @Post("/{id}/discard")
  @Operation(
      summary = "Give an event up, with a reason",
      description = "It is kept with reason and principal. What waits behind it is then applied.")
  @ApiResponse(responseCode = "200", description = "what came of it")
  @ApiResponse(responseCode = "202", description = "the owner has not answered yet")
  @ApiResponse(responseCode = "400", description = "there is no reason")
  @ApiResponse(responseCode = "404", description = "there is no such entry")
  HttpResponse<RequestAnswer> discard(
      String view, String id, @QueryValue @Nullable String store, @Body DiscardBody body) {
    return answer(
        office.request(view, store, id, Action.DISCARD, QuarantineOffice.reason(body.reason())));
  }

  private static HttpResponse<RequestAnswer> answer(RequestAnswer answer) {
    return answer.outcome().equals(QuarantineOffice.REQUESTED)
        ? HttpResponse.accepted().body(answer)
        : HttpResponse.ok(answer);
  }
}
