package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.DocumentSchema;
import dev.foldstream.topologyservice.answers.CheckedAnswer;
import dev.foldstream.topologyservice.answers.CheckedAnswer.FaultAnswer;
import dev.foldstream.topologyservice.answers.PartLine;
import dev.foldstream.topologyservice.answers.PlanAnswer;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.FaultyTopologyException;
import dev.foldstream.topologyservice.compiling.InstalledParts;
import dev.foldstream.topologyservice.lifecycle.Refusals;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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
import java.nio.charset.StandardCharsets;
import java.util.List;

/** For whoever writes documents: checks them without storing, and serves their schema. */
@Controller
@Tag(name = "topologies")
public class CheckController {

  static final String SCHEMA = "application/schema+json";

  private final Compiling compiling;
  private final Answers answers;
  private final TopologiesSettings settings;
  private final InstalledParts parts;
  private final Topologies topologies;

  CheckController(
      Compiling compiling,
      Answers answers,
      TopologiesSettings settings,
      InstalledParts parts,
      Topologies topologies) {
    this.compiling = compiling;
    this.parts = parts;
    this.topologies = topologies;
    this.answers = answers;
    this.settings = settings;
  }

  @Post("/topologies:check")
  @Consumes({Documents.YAML, Documents.X_YAML, Documents.TEXT_YAML, MediaType.APPLICATION_JSON})
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Check a document without storing it",
      description =
          "As an editor does while one types. What topics and schemas there are is remembered for a"
              + " few seconds.",
      requestBody =
          @RequestBody(
              content = {
                @Content(mediaType = Documents.YAML, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object"))
              }))
  @ApiResponse(
      responseCode = "200",
      description =
          "whether it is valid: every fault with pointer, line, column and hint, or the plan",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> check(@Parameter(hidden = true) HttpRequest<byte[]> request) {
    Documents document = Documents.of(request, settings);
    return answers.ok(Answers.orProblem(() -> checked(document)));
  }

  private CheckedAnswer checked(Documents document) {
    try {
      Compiled compiled = compiling.compiled(document.text(), document.mediaType());
      return new CheckedAnswer(true, compiled.name(), List.of(), PlanAnswer.of(compiled));
    } catch (FaultyTopologyException faulty) {
      List<FaultAnswer> faults =
          faulty.faults().stream().map(Refusals::fault).map(FaultAnswer::of).toList();
      return new CheckedAnswer(false, null, faults, null);
    }
  }

  @Get("/topologies/schema")
  @Produces({SCHEMA, MediaType.APPLICATION_JSON})
  @Operation(summary = "The JSON Schema of documents, for editors")
  @ApiResponse(responseCode = "200", description = "the schema")
  public HttpResponse<byte[]> schema() {
    return HttpResponse.ok(DocumentSchema.text().getBytes(StandardCharsets.UTF_8))
        .contentType(MediaType.of(SCHEMA))
        .header("Cache-Control", "max-age=3600");
  }

  @Get("/topologies/parts")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "The topologies in Java that are installed",
      description = "Each is registered like a document, with {foldstream: part/1, name}.")
  @ApiResponse(
      responseCode = "200",
      description = "all of them, in order of name",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> parts() {
    answers.awaitComplete();
    return answers.list(
        parts.all().stream().map(part -> PartLine.of(part, registered(part.name()))).toList());
  }

  private boolean registered(String name) {
    Entry entry = topologies.registry().find(name);
    return entry != null && !entry.head().deleted();
  }
}
