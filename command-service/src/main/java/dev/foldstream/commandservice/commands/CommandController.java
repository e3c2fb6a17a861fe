package dev.foldstream.commandservice.commands;

import dev.foldstream.commandservice.answers.OutcomeAnswers;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.requests.FoldstreamHeaders;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Takes one command and answers with what became of it. */
@Controller("/commands")
@Tag(name = "commands")
public class CommandController {

  private static final byte[] NO_BODY = new byte[0];

  private final CommandParser parser;
  private final CommandSender sender;
  private final CommandSettings settings;
  private final FoldsUnderWay folds;

  CommandController(
      CommandParser parser, CommandSender sender, CommandSettings settings, FoldsUnderWay folds) {
    this.parser = parser;
    this.sender = sender;
    this.settings = settings;
    this.folds = folds;
  }

  @Post("/{domain}/{aggregate}/{id}/{command}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Send a command",
      description =
          "The body has the command's fields; the catalog has their JSON Schema. A command sent again"
              + " with the same Idempotency-Key gets the first outcome again and changes nothing.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(type = "object"))))
  @Parameter(
      name = FoldstreamHeaders.IDEMPOTENCY_KEY,
      in = ParameterIn.HEADER,
      description = "1 to 200 letters, digits or -_.:~; a UUID is usual. Made up when absent",
      schema = @Schema(type = "string"))
  @Parameter(
      name = HttpHeaders.IF_MATCH,
      in = ParameterIn.HEADER,
      description = "the version the aggregate must have, in quotes",
      schema = @Schema(type = "string"))
  @Parameter(
      name = FoldstreamHeaders.PREFER,
      in = ParameterIn.HEADER,
      description = "wait=<seconds> for the outcome, or respond-async",
      schema = @Schema(type = "string"))
  @Parameter(
      name = FoldstreamHeaders.CORRELATION_ID,
      in = ParameterIn.HEADER,
      description = "copied to all that follows",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "accepted; ETag is the version",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "202",
      description = "stored; the outcome will be at Location",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "400",
      description = "not a valid command",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "404", description = "no such domain, aggregate or command")
  @ApiResponse(responseCode = "412", description = "the expected version is not the found one")
  @ApiResponse(responseCode = "422", description = "rejected by the aggregate")
  @ApiResponse(responseCode = "500", description = "could not be decided and was set aside")
  @ApiResponse(
      responseCode = "503",
      description = "Kafka does not answer, or the state is still being folded; Retry-After")
  @ApiResponse(responseCode = "504", description = "outcome not known in time; Location")
  public HttpResponse<byte[]> send(
      @PathVariable String domain,
      @PathVariable String aggregate,
      @PathVariable String id,
      @PathVariable String command,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    RequestHeaders headers = RequestHeaders.read(request.getHeaders());
    CommandRequest asked =
        parser.one(domain, aggregate, id, command, request.getBody().orElse(NO_BODY), headers);
    Duration patience = headers.preferences().patience(settings.usualWait(), settings.maxWait());
    if (!headers.preferences().respondAsync()) {
      folds.check(asked.stream(), patience);
    }
    try (var sent = sender.send(asked)) {
      if (headers.preferences().respondAsync()) {
        sent.awaitStored(patience);
        return correlated(later(sent), headers);
      }
      return correlated(
          OutcomeAnswers.response(sent.stream(), sent.awaitOutcome(patience)), headers);
    }
  }

  private static MutableHttpResponse<byte[]> later(SentCommand sent) {
    byte[] body =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              out.writeStringField("commandId", sent.commandId());
              out.writeStringField("outcome", "pending");
              out.writeStringField("location", sent.location());
              out.writeEndObject();
            });
    return HttpResponse.<byte[]>accepted()
        .header(HttpHeaders.LOCATION, sent.location())
        .header(FoldstreamHeaders.PREFERENCE_APPLIED, "respond-async")
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(body);
  }

  private static HttpResponse<byte[]> correlated(
      MutableHttpResponse<byte[]> response, RequestHeaders headers) {
    return response.header(FoldstreamHeaders.CORRELATION_ID, headers.correlationId());
  }
}
