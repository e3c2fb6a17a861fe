package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.topologyservice.quarantine.Case;
import dev.foldstream.topologyservice.quarantine.Quarantine;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows the events that a topology could not take, and gives them to it again. */
@Controller("/topologies/{name}/quarantine")
@Tag(name = "topologies")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class QuarantineController {

  static final int USUAL_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  private final Quarantine quarantine;
  private final Answers answers;

  QuarantineController(Quarantine quarantine, Answers answers) {
    this.quarantine = quarantine;
    this.answers = answers;
  }

  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "The events that a topology could not take, newest first",
      description =
          "With pointer, step, expression and cause; those that were given again and did not come"
              + " back are REDRIVEN. state=open leaves them out.")
  @ApiResponse(
      responseCode = "200",
      description = "at most `limit` of them",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> list(
      @PathVariable String name,
      @QueryValue @Nullable String state,
      @QueryValue @Nullable Integer limit) {
    answers.entry(name);
    String wanted = Requests.oneOf("state", state, "all", "open", "redriven");
    int most = Requests.between("limit", limit, USUAL_LIMIT, MAX_LIMIT);
    List<Case> cases =
        Answers.orProblem(() -> quarantine.cases(name)).stream()
            .filter(found -> wanted.equals("all") || found.state().equalsIgnoreCase(wanted))
            .limit(most)
            .toList();
    return answers.list(cases);
  }

  @Post("/redrive")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Give events to the topology again, the oldest first",
      description =
          "All open ones, or those of the parameter id, which may be repeated. One that was given"
              + " as often as foldstream.topologies.quarantine.max-redrives is left where it is:"
              + " `guarded`. dryRun=true only tells.")
  @ApiResponse(responseCode = "200", description = "which were given again, and which not")
  public HttpResponse<byte[]> redrive(
      @PathVariable String name,
      @QueryValue @Nullable List<String> id,
      @QueryValue @Nullable Boolean dryRun) {
    answers.entry(name);
    Set<String> ids = id == null ? Set.of() : Set.copyOf(id);
    boolean dry = dryRun != null && dryRun;
    return answers.ok(
        Answers.orProblem(() -> quarantine.redrive(name, ids, dry, TopologyController.ANONYMOUS)));
  }
}
