package dev.foldstream.projector.rebuild;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.projector.rebuild.RebuildAnswers.RebuildAnswer;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Rebuild, verify, switch, roll back and cancel, in one store or in all that keep the view: each is
 * written down, and done by a projector.
 */
@Controller("/projections/{view}")
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
    responseCode = "404",
    description = "unknown-view, not-found",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "409",
    description = "not-possible-now, with the reason",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class RebuildController {

  private final RebuildDesk desk;

  RebuildController(RebuildDesk desk) {
    this.desk = desk;
  }

  private static HttpResponse<RebuildAnswer> accepted(RebuildAnswer answer) {
    return HttpResponse.<RebuildAnswer>accepted(
            URI.create("/projections/" + answer.view() + "/rebuild"))
        .body(answer);
  }

  @Get("/rebuild")
  @Operation(summary = "The last rebuild of a view: its progress, and what the comparison found")
  RebuildAnswer last(String view, @QueryValue @Nullable String store) {
    return desk.last(view, store);
  }

  @Post("/rebuild")
  @Operation(summary = "Builds the next version of a view beside the live one")
  @ApiResponse(responseCode = "202", description = "written down; Location says how far it is")
  HttpResponse<RebuildAnswer> rebuild(String view, @QueryValue @Nullable String store) {
    return accepted(desk.request(view, store, RebuildKind.REBUILD));
  }

  @Post("/verify")
  @Operation(
      summary = "Builds a view anew, compares it with the live version, and drops it",
      description = "Readers notice nothing. A difference on unchanged code is drift.")
  @ApiResponse(responseCode = "202", description = "written down; Location says how far it is")
  HttpResponse<RebuildAnswer> verify(String view, @QueryValue @Nullable String store) {
    return accepted(desk.request(view, store, RebuildKind.VERIFY));
  }

  @Post("/rollback")
  @Operation(summary = "Brings the version that was live before up to date and makes it live again")
  @ApiResponse(responseCode = "202", description = "written down; Location says how far it is")
  HttpResponse<RebuildAnswer> rollback(String view, @QueryValue @Nullable String store) {
    return accepted(desk.request(view, store, RebuildKind.ROLLBACK));
  }

  @Post("/switch")
  @Operation(summary = "Makes a version that is ready live")
  @ApiResponse(responseCode = "202", description = "written down; Location says how far it is")
  HttpResponse<RebuildAnswer> makeLive(String view, @QueryValue @Nullable String store) {
    return accepted(desk.ask(view, store, Asked.SWITCH));
  }

  @Post("/cancel")
  @Operation(summary = "Gives a rebuild up; nothing of it is left")
  @ApiResponse(responseCode = "202", description = "written down; Location says how far it is")
  HttpResponse<RebuildAnswer> cancel(String view, @QueryValue @Nullable String store) {
    return accepted(desk.ask(view, store, Asked.CANCEL));
  }
}
