package dev.foldstream.queryservice.streams;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.queryservice.stores.JournalAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.journal.JournalEntry;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The events of an aggregate or process, and an aggregate's state, out of the journal. */
@Controller("/streams/{domain}/{aggregate}/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "streams")
final class StreamsController {

  private final KnownStreams streams;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final EventReading reading;
  private final StateFold states;
  private final StreamAnswers answers;

  StreamsController(
      KnownStreams streams,
      ViewStores stores,
      TokenWaits waits,
      EventReading reading,
      StateFold states,
      StreamAnswers answers) {
    this.streams = streams;
    this.stores = stores;
    this.waits = waits;
    this.reading = reading;
    this.states = states;
    this.answers = answers;
  }

  @Get("/events")
  @Operation(
      summary = "A page of the events of an aggregate or process",
      description = "In order of version, or backwards; follow 'next'.",
      parameters = {
        @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "the version to begin with",
            schema = @Schema(type = "integer", format = "int64")),
        @Parameter(
            name = "order",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"asc", "desc"})),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "1 to 1000, 50 when nothing is said",
            schema = @Schema(type = "integer")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "'next' of the page before",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "{items, next, token}",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "404",
      description = "unknown-domain, unknown-aggregate, not-found, journal-off",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "400", description = "invalid-query, invalid-request, invalid-token")
  @ApiResponse(responseCode = "503", description = "view-behind, view-stalled, too-many-waits")
  HttpResponse<byte[]> events(
      String domain,
      String aggregate,
      String id,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Stream stream = streams.named(domain, aggregate, id);
    EventsPage page = EventsPage.read(stream, request.getParameters());
    JournalAccess journal = stores.journal();
    var positions = positions(stream, journal, request);
    List<JournalEntry> entries = page.read(journal.entries());
    String token = token(positions, entries);
    if (entries.isEmpty()) {
      refuseUnknown(stream, journal, token);
    }
    boolean more = entries.size() > page.limit();
    String next = more ? page.cursor(entries.getLast()) : null;
    List<EventReading.Read> events =
        entries.stream().limit(page.limit()).map(reading::read).toList();
    return HttpResponse.ok(answers.page(events, next, token))
        .header(FoldstreamHeaders.TOKEN, token);
  }

  @Get("/state")
  @Operation(
      summary = "The state of an aggregate, folded by its decider",
      description =
          "The newest one, the one at a version, or the one at a time: events from the first that"
              + " occurred later on are left out. The ETag is the version, as a command's If-Match"
              + " wants it.",
      parameters = {
        @Parameter(
            name = "version",
            in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", format = "int64")),
        @Parameter(
            name = "at",
            in = ParameterIn.QUERY,
            description = "2026-01-01T00:00:00Z",
            schema = @Schema(type = "string", format = "date-time"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "{domain, aggregate, id, version, occurredAt, recordedAt, state, token}",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "400", description = "invalid-query, invalid-request, invalid-token")
  @ApiResponse(
      responseCode = "404",
      description = "unknown-domain, unknown-aggregate, not-found, journal-off")
  @ApiResponse(responseCode = "503", description = "view-behind, view-stalled, too-many-waits")
  HttpResponse<byte[]> state(
      String domain,
      String aggregate,
      String id,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Stream stream = streams.named(domain, aggregate, id);
    StateFold.Until until = until(request);
    JournalAccess journal = stores.journal();
    var found = stream.aggregate();
    if (found == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "'%s' is a process, whose state is not folded from its events; ask the view that follows it"
              .formatted(aggregate));
    }
    var positions = positions(stream, journal, request);
    var folded = states.fold(found.feature(), stream, until, journal.entries());
    JournalEntry last = folded.last();
    String token = token(positions, last == null ? List.of() : List.of(last));
    refuseBeyond(stream, until, folded, journal, token);
    return HttpResponse.ok(answers.state(stream, found.feature(), folded, token))
        .header(HttpHeaders.ETAG, "\"%d\"".formatted(folded.version()))
        .header(FoldstreamHeaders.TOKEN, token);
  }

  private static StateFold.Until until(HttpRequest<?> request) {
    var parameters = new StreamParameters(request.getParameters(), Set.of("version", "at"));
    Long version =
        parameters.text("version") == null
            ? null
            : Long.valueOf(parameters.number("version", 0, 0, Long.MAX_VALUE));
    if (version != null && parameters.text("at") != null) {
      throw StreamParameters.invalid("at", "a state is at a version or at a time; found both");
    }
    return new StateFold.Until(version, parameters.time("at"));
  }

  private Map<TopicPartitionName, Position> positions(
      Stream stream, JournalAccess journal, HttpRequest<?> request) {
    var asked = waits.asked(request).about(stream.topic());
    return waits
        .await(journal.view(), journal.view().name(), journal.store(), asked)
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(stream.topic()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Names the partition of the stream alone, once any of its events tells which it is. */
  private static String token(
      Map<TopicPartitionName, Position> positions, List<JournalEntry> entries) {
    if (entries.isEmpty()) {
      return Positions.token(positions).text();
    }
    var own = new TopicPartitionName(entries.getFirst().topic(), entries.getFirst().partition());
    return Positions.token(Map.of(own, positions.getOrDefault(own, Position.START))).text();
  }

  private static void refuseBeyond(
      Stream stream,
      StateFold.Until until,
      StateFold.Folded folded,
      JournalAccess journal,
      String token) {
    if (folded.last() == null) {
      refuseUnknown(stream, journal, token);
    }
    Long wanted = until.version();
    if (wanted != null && wanted > folded.version()) {
      throw new ProblemException(
              ProblemType.NOT_FOUND,
              "'%s' has %d versions; wanted version %d".formatted(stream, folded.version(), wanted))
          .header(FoldstreamHeaders.TOKEN, token);
    }
  }

  private static void refuseUnknown(Stream stream, JournalAccess journal, String token) {
    if (journal.entries().from(stream.topic(), stream.id(), 1, 1).isEmpty()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "'%s' has no events".formatted(stream))
          .header(FoldstreamHeaders.TOKEN, token);
    }
  }
}
