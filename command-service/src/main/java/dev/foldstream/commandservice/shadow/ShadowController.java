package dev.foldstream.commandservice.shadow;

import dev.foldstream.commandservice.commands.CommandSettings;
import dev.foldstream.commandservice.deciders.FoundDeciders;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.host.requests.Preferences;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Lets another release of a decider decide recorded commands, without appending anything. */
@Controller("/deciders/{address}/shadow")
@Tag(name = "deciders")
public class ShadowController {

  static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
  private static final byte[] NO_BODY = new byte[0];

  private final FoundDeciders deciders;
  private final ShadowJobs jobs;
  private final RecordJson json;
  private final CommandSettings settings;

  ShadowController(
      FoundDeciders deciders, ShadowJobs jobs, RecordJson json, CommandSettings settings) {
    this.deciders = deciders;
    this.jobs = jobs;
    this.json = json;
    this.settings = settings;
  }

  @Post
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Compare a candidate with what was recorded",
      description =
          "The candidate decides each recorded command on its own fold of the events recorded before"
              + " it; nothing is appended. Candidate: {jar}, below foldstream.shadow.jars, or {name} of one"
              + " that is deployed. Range: {last}, or {from, to}. Prefer: wait=<seconds> answers 200 when it is done in time.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ShadowRequest.class))))
  @ApiResponse(
      responseCode = "202",
      description = "it runs; progress and report are at Location",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "200",
      description = "it is done; the report",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "400",
      description = "no such candidate, or not a range; errors[] says where")
  @ApiResponse(responseCode = "404", description = "no such decider, or several of this name")
  @ApiResponse(responseCode = "409", description = "no jars are loaded here")
  @ApiResponse(responseCode = "503", description = "another run goes on; Retry-After")
  public HttpResponse<byte[]> start(
      @PathVariable String address, @Parameter(hidden = true) HttpRequest<byte[]> request) {
    Duration patience =
        Preferences.read(request.getHeaders().getAll(FoldstreamHeaders.PREFER))
            .patience(Duration.ZERO, settings.maxWait());
    ShadowJob job =
        jobs.start(deciders.at(address).identity(), read(request.getBody().orElse(NO_BODY)));
    boolean ended = job.await(patience);
    var response = ended ? HttpResponse.<byte[]>ok() : HttpResponse.<byte[]>accepted();
    return response
        .header(HttpHeaders.LOCATION, job.location())
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(body(job));
  }

  @Get("/{id}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "How far a shadow run is, and what came out")
  @ApiResponse(
      responseCode = "200",
      description = "the run",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "not kept by this instance")
  public HttpResponse<byte[]> one(@PathVariable String address, @PathVariable String id) {
    return HttpResponse.ok(body(found(address, id))).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Delete("/{id}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Cancel a shadow run; what came out so far is kept")
  @ApiResponse(
      responseCode = "200",
      description = "the run",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> cancel(@PathVariable String address, @PathVariable String id) {
    ShadowJob job = found(address, id);
    job.cancel();
    job.await(STOPS_WITHIN);
    return HttpResponse.ok(body(job)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private ShadowJob found(String address, String id) {
    return jobs.find(deciders.at(address).name(), id);
  }

  private ShadowRequest read(byte[] body) {
    try {
      return json.read(body, ShadowRequest.class);
    } catch (InvalidJsonException invalid) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, String.valueOf(invalid.getMessage()))
          .faults(
              invalid.faults().stream()
                  .map(fault -> Fault.pointer(fault.pointer(), fault.detail()))
                  .toList());
    }
  }

  private static byte[] body(ShadowJob job) {
    return JsonBytes.of(out -> ShadowJson.write(job, out));
  }
}
