package dev.foldstream.commandservice.deciders;

import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Problem;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Shows the deciders of this instance. */
@Controller("/deciders")
@Tag(name = "deciders")
public class DecidersController {

  private final FoundDeciders deciders;

  DecidersController(FoundDeciders deciders) {
    this.deciders = deciders;
  }

  @Get
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "The deciders, how they do, and how far the fold of their state is",
      description = "Partitions and counts are those of this instance; a fold is that of all.")
  @ApiResponse(
      responseCode = "200",
      description = "all of them",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> all() {
    return answer(
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              out.writeArrayFieldStart("items");
              for (DecisionApplication application : deciders.all()) {
                DeciderJson.write(application, out);
              }
              out.writeEndArray();
              out.writeNullField("next");
              out.writeEndObject();
            }));
  }

  @Get("/{address}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "One decider, by <domain>.<aggregate> or by the aggregate's name alone")
  @ApiResponse(
      responseCode = "200",
      description = "the decider",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "no such decider, or several of this name")
  public HttpResponse<byte[]> one(@PathVariable String address) {
    DecisionApplication found = deciders.at(address);
    return answer(JsonBytes.of(out -> DeciderJson.write(found, out)));
  }

  private static HttpResponse<byte[]> answer(byte[] body) {
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
