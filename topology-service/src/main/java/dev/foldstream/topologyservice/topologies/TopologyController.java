package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.topologyservice.answers.PlanAnswer;
import dev.foldstream.topologyservice.answers.RegisteredAnswer;
import dev.foldstream.topologyservice.answers.TopologyAnswer;
import dev.foldstream.topologyservice.answers.TopologyLine;
import dev.foldstream.topologyservice.lifecycle.Begin;
import dev.foldstream.topologyservice.lifecycle.Deletion;
import dev.foldstream.topologyservice.lifecycle.Registration;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registers topologies, shows them, and deletes them. */
@Controller("/topologies")
@Tag(name = "topologies")
public class TopologyController {

  static final String ANONYMOUS = "anonymous";

  private final Topologies topologies;
  private final Registration registration;
  private final Deletion deletion;
  private final LagBoard lags;
  private final Answers answers;
  private final TopologiesSettings settings;

  TopologyController(
      Topologies topologies,
      Registration registration,
      Deletion deletion,
      LagBoard lags,
      Answers answers,
      TopologiesSettings settings) {
    this.topologies = topologies;
    this.registration = registration;
    this.deletion = deletion;
    this.lags = lags;
    this.answers = answers;
    this.settings = settings;
  }

  @Get
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "The registered topologies",
      description = "What is wanted of each, and how its live version does in this process.")
  @ApiResponse(
      responseCode = "200",
      description = "all of them, in order of name",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> list() {
    answers.awaitComplete();
    List<TopologyLine> lines =
        topologies.registry().all().stream()
            .map(entry -> TopologyLine.of(entry, topologies.runs(entry.name()), lags))
            .toList();
    return answers.list(lines);
  }

  @Get("/{name}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "One topology",
      description =
          "Its versions, what is wanted, and what runs in this process: state, since when, reason,"
              + " lag, and of each step counts, rates and failures.")
  @ApiResponse(
      responseCode = "200",
      description = "the topology",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "no such topology")
  public HttpResponse<byte[]> one(@PathVariable String name) {
    Entry entry = answers.entry(name);
    return answers.ok(TopologyAnswer.of(entry, topologies.runs(name), lags));
  }

  @Put("/{name}")
  @Consumes({Documents.YAML, Documents.X_YAML, Documents.TEXT_YAML, MediaType.APPLICATION_JSON})
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Register a topology, or its next version",
      description =
          "Makes an immutable version; the same text again makes none. The first version is live at"
              + " once. A change in place is, too; one that needs new state runs beside the live"
              + " version until it is promoted; one that readers of the output would not survive is"
              + " refused. `from` says where a version without positions begins: beginning, now, or"
              + " a time.",
      requestBody =
          @RequestBody(
              content = {
                @Content(mediaType = Documents.YAML, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object"))
              }))
  @ApiResponse(
      responseCode = "201",
      description = "a version was stored: what kind of change it is and why, and what it needs",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "200", description = "that text is there already")
  @ApiResponse(responseCode = "400", description = "not valid; every fault with pointer and hint")
  @ApiResponse(responseCode = "409", description = "refused, or not possible now")
  public HttpResponse<byte[]> register(
      @PathVariable String name,
      @QueryValue @Nullable String from,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    answers.awaitComplete();
    Documents document = Documents.of(request, settings);
    var wanted =
        new Registration.Request(
            name, document.text(), document.mediaType(), Begin.parse(from), ANONYMOUS);
    Registration.Registered registered = Answers.orProblem(() -> registration.register(wanted));
    var answer =
        RegisteredAnswer.of(
            registered.entry(),
            registered.version(),
            registered.stored(),
            PlanAnswer.of(registered.compiled()));
    return answers.ok(answer).status(registered.stored() ? HttpStatus.CREATED : HttpStatus.OK);
  }

  @Delete("/{name}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Delete a topology",
      description =
          "It stops everywhere; its state, quarantine and versions go. Its output topics stay,"
              + " unless `topics=delete` says otherwise and no other topology uses them.")
  @ApiResponse(
      responseCode = "200",
      description = "which topics went and which stay",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "no such topology")
  public HttpResponse<byte[]> delete(
      @PathVariable String name, @QueryValue @Nullable String topics) {
    answers.awaitComplete();
    boolean outputs = Requests.oneOf("topics", topics, "keep", "delete").equals("delete");
    return answers.ok(Answers.orProblem(() -> deletion.delete(name, outputs, ANONYMOUS)));
  }
}
