package dev.foldstream.queryservice.explain;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.queryservice.stores.JournalAccess;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.streams.EventReading;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.ViewRow;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /views/{view}/{key}/explain}. */
@Controller("/views/{view}/{key}/explain")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "views")
final class ExplainController {

  /** How often row and positions are read until the view did not move between. */
  private static final int TRIES = 5;

  private final ServedViews views;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final EventReading reading;
  private final FoundDomains domains;
  private final ExplainAnswers answers;

  ExplainController(
      ServedViews views,
      ViewStores stores,
      TokenWaits waits,
      EventReading reading,
      FoundDomains domains,
      ExplainAnswers answers) {
    this.views = views;
    this.stores = stores;
    this.waits = waits;
    this.reading = reading;
    this.domains = domains;
    this.answers = answers;
  }

  @Get
  @Operation(
      summary = "The events that made a row, and the row after each",
      description =
          "'same' says whether they end with the row that is kept, 'complete' whether they are all."
              + " Events of aggregates with the row's key as their id are looked at first, then all"
              + " that the view follows, within bounds.")
  @ApiResponse(
      responseCode = "200",
      description =
          "{view, key, row, same, complete, lookedAt, omitted, items: [{..., row}], token}",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "404",
      description = "unknown-view, not-found, journal-off",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "503", description = "view-behind, view-stalled, too-many-waits")
  HttpResponse<byte[]> explain(
      String view, String key, @Parameter(hidden = true) HttpRequest<?> request) {
    ServedView served = views.named(view);
    if (served.topology() != null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "The rows of '%s' come finished from the topology '%s', and no events are folded into them. Mend: preview the topology over the events in question (POST /topologies/%s/preview of the topology-service)"
              .formatted(served.address(), served.topology(), served.topology()));
    }
    JournalAccess journal = stores.journal();
    ViewAccess store = stores.access(served.preferredStore());
    var asked = waits.asked(request);
    Kept kept = kept(served, store, key, waits.await(served, store, asked));
    var token = Positions.token(kept.at());
    waits.await(
        journal.view(),
        journal.view().name(),
        journal.store(),
        new TokenWaits.Asked(token, asked.patience()));
    var events = new RowEvents(served, key, kept.at(), journal.entries(), reading, domains);
    RowStory story = RowStory.of(served, key, events.own());
    boolean explained = story.explains(kept.row());
    if (!explained) {
      story = RowStory.of(served, key, events.all());
      explained = events.everything() || story.explains(kept.row());
    }
    refuseNothing(served, key, kept, story, explained, token.text());
    byte[] body =
        answers.of(served, key, kept.row(), story, explained, events.lookedAt(), token.text());
    return HttpResponse.ok(body).header(FoldstreamHeaders.TOKEN, token.text());
  }

  private record Kept(@Nullable ViewRow row, Map<TopicPartitionName, Position> at) {}

  /** The row at exactly these positions, if the view rests long enough. */
  private static Kept kept(
      ServedView view, ViewAccess store, String key, Map<TopicPartitionName, Position> positions) {
    Map<TopicPartitionName, Position> before = positions;
    for (int i = 1; ; i++) {
      Optional<ViewRow> row =
          key.indexOf('\0') < 0 ? store.reader().row(view.definition(), key) : Optional.empty();
      Map<TopicPartitionName, Position> after = store.reader().positions(view.definition());
      if (before.equals(after) || i == TRIES) {
        return new Kept(row.orElse(null), after);
      }
      before = after;
    }
  }

  private static void refuseNothing(
      ServedView view, String key, Kept kept, RowStory story, boolean complete, String token) {
    if (kept.row() == null && story.chapters().isEmpty() && complete) {
      throw new ProblemException(
              ProblemType.NOT_FOUND,
              "The view '%s' has no row '%s', and no event made one".formatted(view.address(), key))
          .header(FoldstreamHeaders.TOKEN, token);
    }
  }
}
