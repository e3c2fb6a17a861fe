package dev.foldstream.queryservice.causation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.queryservice.causation.CausationTree.Node;
import dev.foldstream.queryservice.stores.JournalAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.streams.EventReading;
import dev.foldstream.queryservice.streams.StreamAnswers;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.journal.JournalEntry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Everything that belongs together, and everything that one command caused. */
@Controller("/streams")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "streams")
final class CausationController {

  /** Events of one answer at most. */
  static final int MAX_EVENTS = 1000;

  private static final int MAX_ID = 200;

  private final ViewStores stores;
  private final TokenWaits waits;
  private final EventReading reading;
  private final StreamAnswers answers;

  CausationController(
      ViewStores stores, TokenWaits waits, EventReading reading, StreamAnswers answers) {
    this.stores = stores;
    this.waits = waits;
    this.reading = reading;
    this.answers = answers;
  }

  @Get("/correlations/{correlationId}")
  @Operation(
      summary = "All events of a correlation, as a tree",
      description =
          "Across aggregates and processes; each event under the one that led to it. At most 1000"
              + " events; 'complete' is false when there are more.")
  @ApiResponse(
      responseCode = "200",
      description = "{correlationId, events, complete, items: [{..., children}], token}",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "404",
      description = "not-found, journal-off",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "503", description = "view-behind, view-stalled, too-many-waits")
  HttpResponse<byte[]> correlation(
      String correlationId, @Parameter(hidden = true) HttpRequest<?> request) {
    JournalAccess journal = stores.journal();
    String token = token(journal, request);
    return answer(journal, "correlation", checked(correlationId), token, entry -> false);
  }

  @Get("/commands/{commandId}")
  @Operation(
      summary = "Everything that one command caused, as a tree",
      description =
          "The command's own events stand at the top. At most 1000 events of its correlation are"
              + " looked at; 'complete' is false when there are more.")
  @ApiResponse(
      responseCode = "200",
      description = "{correlationId, events, complete, items: [{..., children}], token}",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "not-found, journal-off")
  HttpResponse<byte[]> command(String commandId, @Parameter(hidden = true) HttpRequest<?> request) {
    JournalAccess journal = stores.journal();
    String token = token(journal, request);
    List<JournalEntry> own = journal.entries().ofCommand(checked(commandId), 1);
    if (own.isEmpty()) {
      throw unknown("command", commandId, token);
    }
    return answer(
        journal,
        "correlation",
        own.getFirst().correlationId(),
        token,
        entry -> entry.commandId().equals(commandId));
  }

  private static String checked(String id) {
    if (id.length() > MAX_ID || id.indexOf('\0') >= 0) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "an id has at most %d characters; this one has %d".formatted(MAX_ID, id.length()));
    }
    return id;
  }

  private String token(JournalAccess journal, HttpRequest<?> request) {
    var view = journal.view();
    return Positions.token(waits.await(view, view.name(), journal.store(), waits.asked(request)))
        .text();
  }

  private HttpResponse<byte[]> answer(
      JournalAccess journal,
      String what,
      String correlationId,
      String token,
      Predicate<JournalEntry> top) {
    List<JournalEntry> found = journal.entries().correlated(correlationId, MAX_EVENTS + 1);
    if (found.isEmpty()) {
      throw unknown(what, correlationId, token);
    }
    List<JournalEntry> taken = found.subList(0, Math.min(found.size(), MAX_EVENTS));
    List<Node> trees = CausationTree.of(taken, top);
    boolean cut =
        found.size() > MAX_EVENTS || CausationTree.deepest(trees) >= CausationTree.MAX_DEPTH;
    byte[] body =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              out.writeStringField("correlationId", correlationId);
              out.writeNumberField("events", CausationTree.size(trees));
              out.writeBooleanField("complete", !cut);
              write("items", trees, out);
              out.writeStringField("token", token);
              out.writeEndObject();
            });
    return HttpResponse.ok(body).header(FoldstreamHeaders.TOKEN, token);
  }

  private void write(String name, List<Node> nodes, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (Node node : nodes) {
      out.writeStartObject();
      out.writeStringField("topic", node.entry().topic());
      out.writeStringField("stream", node.entry().id());
      answers.fields(reading.read(node.entry()), out);
      write("children", node.children(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static ProblemException unknown(String what, String id, String token) {
    return new ProblemException(
            ProblemType.NOT_FOUND, "No event of %s '%s' is in the journal".formatted(what, id))
        .header(FoldstreamHeaders.TOKEN, token);
  }
}
