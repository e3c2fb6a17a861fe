package dev.foldstream.commandservice.outcomes;

import dev.foldstream.commandservice.answers.OutcomeAnswers;
import dev.foldstream.commandservice.commands.Addresses;
import dev.foldstream.commandservice.commands.CommandSender;
import dev.foldstream.commandservice.commands.CommandSettings;
import dev.foldstream.commandservice.commands.FoldsUnderWay;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.host.requests.Preferences;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.StreamName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;

/** Answers what became of an earlier command. */
@Controller("/commands")
@Tag(name = "commands")
public class OutcomeController {

  private final Addresses addresses;
  private final CommandSender sender;
  private final CommandSettings settings;
  private final FoldsUnderWay folds;

  OutcomeController(
      Addresses addresses, CommandSender sender, CommandSettings settings, FoldsUnderWay folds) {
    this.addresses = addresses;
    this.sender = sender;
    this.settings = settings;
    this.folds = folds;
  }

  @Get("/{domain}/{aggregate}/{id}/outcomes/{commandId}")
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "What became of a command",
      description =
          "Asked through the log, behind the command itself: a command that Kafka has is decided first."
              + " Whatever the outcome was, the answer is 200 and says it in the member outcome.")
  @ApiResponse(
      responseCode = "200",
      description = "accepted, rejected, conflict or quarantined",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "no such command is remembered")
  public HttpResponse<byte[]> outcome(
      @PathVariable String domain,
      @PathVariable String aggregate,
      @PathVariable String id,
      @PathVariable String commandId,
      @Parameter(hidden = true) HttpRequest<?> request) {
    StreamName stream = addresses.stream(domain, aggregate, id);
    check(commandId);
    Duration patience =
        Preferences.read(request.getHeaders().getAll(FoldstreamHeaders.PREFER))
            .patience(settings.usualWait(), settings.maxWait());
    folds.check(stream, patience);
    try (var sent = sender.lookUp(stream, commandId)) {
      return answer(stream, sent.awaitOutcome(patience));
    }
  }

  private static HttpResponse<byte[]> answer(StreamName stream, Outcome outcome) {
    if (outcome instanceof Unknown) {
      throw OutcomeAnswers.problem(stream, outcome);
    }
    byte[] body =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              OutcomeAnswers.members(stream, outcome, out);
              out.writeEndObject();
            });
    return HttpResponse.ok(body)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header(FoldstreamHeaders.TOKEN, OutcomeAnswers.token(stream, outcome));
  }

  private static void check(String commandId) {
    AggregateId.fault(commandId)
        .ifPresent(
            fault -> {
              throw new ProblemException(
                      ProblemType.INVALID_REQUEST, "The command id is not one: " + fault)
                  .fault(Fault.parameter("commandId", fault));
            });
  }
}
