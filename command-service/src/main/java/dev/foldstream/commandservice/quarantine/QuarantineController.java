package dev.foldstream.commandservice.quarantine;

import dev.foldstream.commandservice.answers.OutcomeAnswers;
import dev.foldstream.commandservice.commands.CommandSettings;
import dev.foldstream.commandservice.commands.SentCommand;
import dev.foldstream.eventstore.quarantine.QuarantineEntry;
import dev.foldstream.eventstore.quarantine.QuarantineIndex;
import dev.foldstream.eventstore.quarantine.QuarantinePage;
import dev.foldstream.eventstore.quarantine.QuarantinePage.Filter;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.host.requests.Preferences;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
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
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows the commands that could not be decided, and takes what is to be done about them. */
@Controller("/quarantine")
@Tag(name = "quarantine")
public class QuarantineController {

  static final int MAX_REASON = 1_000;
  private static final byte[] NO_BODY = new byte[0];

  private final QuarantineActions actions;
  private final QuarantineIndex index;
  private final RecordJson json;
  private final CommandSettings settings;

  QuarantineController(
      QuarantineActions actions, QuarantineIndex index, RecordJson json, CommandSettings settings) {
    this.actions = actions;
    this.index = index;
    this.json = json;
    this.settings = settings;
  }

  @Get
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "The quarantined commands, newest first",
      description =
          "Of one domain, aggregate type and state (OPEN, RETRIED, DISCARDED), or all. The member leftOut says"
              + " how many old ones are not kept here; they stay in the quarantine topics.")
  @ApiResponse(
      responseCode = "200",
      description = "a page; next is the cursor of the following one",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> list(
      @QueryValue @Nullable String domain,
      @QueryValue @Nullable String aggregate,
      @QueryValue @Nullable String state,
      @QueryValue @Nullable Integer limit,
      @QueryValue @Nullable String cursor) {
    actions.awaitComplete();
    var filter = new Filter(domain, aggregate, PageRequest.state(state));
    QuarantinePage page = index.page(filter, PageRequest.cursor(cursor), PageRequest.limit(limit));
    byte[] body =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              out.writeArrayFieldStart("items");
              for (QuarantineEntry entry : page.entries()) {
                QuarantineJson.write(entry, out);
              }
              out.writeEndArray();
              if (page.next() == null) {
                out.writeNullField("next");
              } else {
                out.writeStringField("next", PageRequest.text(page.next()));
              }
              out.writeNumberField("leftOut", index.forgotten());
              out.writeEndObject();
            });
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Get("/{id}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "One quarantined command")
  @ApiResponse(
      responseCode = "200",
      description = "where it lies, why it was set aside, what was done about it",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "no such entry")
  public HttpResponse<byte[]> one(@PathVariable String id) {
    return body(actions.entry(id));
  }

  @Post("/{id}/retry")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Decide a quarantined command again, with the code of today",
      description =
          "The command's record is stored once more under its command id, so it is applied at most"
              + " once however often it is tried. The answer is that of the command.")
  @ApiResponse(
      responseCode = "200",
      description = "accepted",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "409", description = "it is not open, or can never be decided")
  @ApiResponse(responseCode = "410", description = "its record is older than the retention")
  @ApiResponse(responseCode = "412", description = "the expected version is not the found one")
  @ApiResponse(responseCode = "422", description = "rejected by the aggregate")
  @ApiResponse(responseCode = "500", description = "set aside again")
  @ApiResponse(responseCode = "504", description = "outcome not known in time; Location")
  public HttpResponse<byte[]> retry(
      @PathVariable String id, @Parameter(hidden = true) HttpRequest<?> request) {
    Duration patience =
        Preferences.read(request.getHeaders().getAll(FoldstreamHeaders.PREFER))
            .patience(settings.usualWait(), settings.maxWait());
    QuarantineEntry entry = actions.entry(id);
    actions.awaitState(entry, patience);
    try (SentCommand sent = actions.retry(entry)) {
      return OutcomeAnswers.response(sent.stream(), sent.awaitOutcome(patience));
    }
  }

  @Post("/{id}/discard")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Say that a quarantined command is not to be decided",
      description = "Wants a reason: {\"reason\": \"...\"}. Who, when and why are kept for ever.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Discard.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the entry, discarded",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "400", description = "no reason")
  @ApiResponse(responseCode = "409", description = "it is not open")
  public HttpResponse<byte[]> discard(
      @PathVariable String id, @Parameter(hidden = true) HttpRequest<byte[]> request) {
    String reason = reason(request.getBody().orElse(NO_BODY));
    return body(actions.discard(actions.entry(id), reason));
  }

  /** The body of a discard. */
  public record Discard(String reason) {}

  private String reason(byte[] body) {
    try {
      String reason = json.read(body, Discard.class).reason().strip();
      if (!reason.isEmpty() && reason.length() <= MAX_REASON) {
        return reason;
      }
      throw noReason("found %d characters".formatted(reason.length()));
    } catch (InvalidJsonException invalid) {
      throw noReason(String.valueOf(invalid.getMessage()));
    }
  }

  private static ProblemException noReason(String found) {
    String detail =
        "wanted {\"reason\": \"...\"} of 1 to %d characters; %s".formatted(MAX_REASON, found);
    return new ProblemException(ProblemType.INVALID_REQUEST, detail)
        .fault(Fault.pointer("/reason", detail));
  }

  private static HttpResponse<byte[]> body(QuarantineEntry entry) {
    byte[] body = JsonBytes.of(out -> QuarantineJson.write(entry, out));
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
