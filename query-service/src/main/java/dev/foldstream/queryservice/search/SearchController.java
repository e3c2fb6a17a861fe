package dev.foldstream.queryservice.search;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.filters.Requests;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.Positions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.enums.ParameterStyle;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Views by text, with facets. */
@Controller("/search")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "search")
final class SearchController {

  private final ServedViews views;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final SearchAnswers answers;

  SearchController(ServedViews views, ViewStores stores, TokenWaits waits, SearchAnswers answers) {
    this.views = views;
    this.stores = stores;
    this.waits = waits;
    this.answers = answers;
  }

  @Get("/{view}")
  @Operation(
      summary = "Rows by text",
      description =
          "All words of q must be found in the view's searched columns; matches are marked with"
              + " <em>. Further parameters are filters as in /views/{view}. Without a token an answer"
              + " may be about a second older than the rows in /views.",
      parameters = {
        @Parameter(
            name = "filters",
            in = ParameterIn.QUERY,
            description = "one parameter for each column: status=eq.PLACED",
            style = ParameterStyle.FORM,
            explode = Explode.TRUE,
            schema = @Schema(type = "object", example = "{}")),
        @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "what is looked for; without it every row is a hit",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "facets",
            in = ParameterIn.QUERY,
            description = "columns whose values are counted, joined by commas",
            example = "status",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "hits of the answer",
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "1",
                    maximum = "1000",
                    defaultValue = "50")),
        @Parameter(
            name = FoldstreamHeaders.TOKEN,
            in = ParameterIn.HEADER,
            description = "waits until the view has seen what this token names",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = FoldstreamHeaders.PREFER,
            in = ParameterIn.HEADER,
            description = "how many seconds to wait at most",
            example = "wait=2",
            schema = @Schema(implementation = String.class))
      })
  @ApiResponse(
      responseCode = "200",
      description = "{total, items: [the row with _score and _highlights], facets, next, token}",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "400",
      description = "invalid-query, invalid-token",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "404", description = "unknown-view, not-searchable")
  @ApiResponse(
      responseCode = "503",
      description = "view-behind, too-many-waits, view-store-unavailable")
  HttpResponse<byte[]> search(String view, @Parameter(hidden = true) HttpRequest<?> request) {
    ServedView served = searchable(views.named(view));
    var asked = waits.asked(request);
    var query = Requests.search(served, request.getParameters().asMap(), !asked.none());
    var positions = waits.await(served, stores.access(ViewStoreKind.ELASTICSEARCH), asked);
    String token = Positions.token(positions).text();
    var result = stores.search().search(served.definition(), query);
    return HttpResponse.ok(answers.result(result, token)).header(FoldstreamHeaders.TOKEN, token);
  }

  private ServedView searchable(ServedView view) {
    if (view.stores().contains(ViewStoreKind.ELASTICSEARCH)) {
      return view;
    }
    throw new ProblemException(
        ProblemType.NOT_SEARCHABLE,
        "The view '%s' is kept in PostgreSQL alone; those that can be searched are %s"
            .formatted(
                view.address(),
                views.in(ViewStoreKind.ELASTICSEARCH).stream().map(ServedView::address).toList()));
  }
}
