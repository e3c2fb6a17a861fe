package dev.foldstream.projector.projections;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionList;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;

/** {@code GET /projections} and {@code GET /projections/{view}}. */
@Controller("/projections")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProjectionsController {

  private final ProjectionReport report;

  ProjectionsController(ProjectionReport report) {
    this.report = report;
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
    List<ProjectionAnswer> all = report.all();
    return all.stream()
        .filter(p -> p.view().equals(view) || (p.domain() + "." + p.view()).equals(view))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = all.stream().map(ProjectionAnswer::view).toList();
              return new ProblemException(
                      ProblemType.UNKNOWN_VIEW,
                      "There is no view '%s'; there are %s".formatted(view, names))
                  .member("views", names);
            });
  }
}
