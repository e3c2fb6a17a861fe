package dev.foldstream.projector.projections;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionList;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.reactivestreams.Publisher;

/** {@code GET /projections}, {@code GET /projections/{view}}, and the changes of either. */
@Controller("/projections")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProjectionsController {

  private final ProjectionReport report;
  private final ProjectionChanges changes;

  ProjectionsController(ProjectionReport report, ProjectionChanges changes) {
    this.report = report;
    this.changes = changes;
  }

  @Get
  @Operation(summary = "How far every view came, in each of its stores")
  @ApiResponse(responseCode = "200", description = "all views, in order of name")
  ProjectionList list() {
    return new ProjectionList(report.all());
  }

  @Get("/{view}")
  @Operation(summary = "How far one view came, in each of its stores and partitions")
  @ApiResponse(responseCode = "200", description = "the view")
  @ApiResponse(
      responseCode = "404",
      description = "there is no such view",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  ProjectionAnswer one(
      @Parameter(description = "the view's name", example = "order-details") String view) {
    return report.one(view);
  }

  @Get(uri = "/changes", produces = MediaType.TEXT_EVENT_STREAM)
  @Operation(
      summary = "Every view as it is, and again whenever it has changed",
      description =
          "Server-sent events named projection, whose data is what GET /projections/{view} answers. A comment comes"
              + " at least every 15 s. A caller that does not take them loses the stream.")
  @ApiResponse(responseCode = "200", description = "events without an end")
  @ApiResponse(responseCode = "503", description = "too-busy: too many watch")
  Publisher<Event<String>> changes() {
    return changes.watch(null);
  }

  @Get(uri = "/{view}/changes", produces = MediaType.TEXT_EVENT_STREAM)
  @Operation(summary = "One view as it is, and again whenever it has changed")
  @ApiResponse(responseCode = "200", description = "events without an end")
  @ApiResponse(responseCode = "404", description = "there is no such view")
  @ApiResponse(responseCode = "503", description = "too-busy: too many watch")
  Publisher<Event<String>> changesOf(String view) {
    return changes.watch(report.address(view));
  }
}
