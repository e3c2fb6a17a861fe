package dev.foldstream.queryservice.views;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.queryservice.caching.CachedRows;
import dev.foldstream.queryservice.filters.PageRequest;
import dev.foldstream.queryservice.filters.Requests;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.ViewPage;
import dev.foldstream.viewstore.ViewRow;
import io.micronaut.http.HttpHeaders;
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
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Views by key, and by filter, order and page. */
@Controller("/views")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "views")
final class ViewsController {

  private final ServedViews views;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final CachedRows rows;
  private final ViewAnswers answers;

  ViewsController(
      ServedViews views,
      ViewStores stores,
      TokenWaits waits,
      CachedRows rows,
      ViewAnswers answers) {
    this.views = views;
    this.stores = stores;
    this.rows = rows;
    this.waits = waits;
    this.answers = answers;
  }

  @Get
  @Operation(
      summary = "The views with their columns and stores",
      description = "Columns marked as comparable can be filtered and ordered by.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  HttpResponse<byte[]> list() {
    return HttpResponse.ok(answers.list(views.all()));
  }

  @Get("/{view}")
  @Operation(
      summary = "A page of a view's rows",
      description =
          "Filters are written <column>=<operator>.<value>, with the operators eq, neq, gt, gte, lt,"
              + " lte, like (with * for any characters), in.(a,b) and is.null, is.not_null, is.true,"
              + " is.false; all must hold. Pages are exact while rows change: follow 'next'.",
      parameters = {
        @Parameter(
            name = "filters",
            in = ParameterIn.QUERY,
            description = "one parameter for each column: status=eq.PLACED",
            style = ParameterStyle.FORM,
            explode = Explode.TRUE,
            schema = @Schema(type = "object", example = "{}")),
        @Parameter(
            name = "order",
            in = ParameterIn.QUERY,
            description = "columns to order by; the key of the row is always the last",
            example = "placedAt.desc,orderId",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "rows of the page",
            schema =
                @Schema(
                    implementation = Integer.class,
                    minimum = "1",
                    maximum = "1000",
                    defaultValue = "50")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "'next' of the page before; with the same filters and order",
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = "store",
            in = ParameterIn.QUERY,
            description = "the store that answers, when the view is kept in both",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"postgresql", "elasticsearch"})),
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
      description = "{items, next, token}",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(type = "object"),
              examples = @ExampleObject("{\"items\": [{}], \"next\": null, \"token\": \"v1.YQ\"}")))
  @ApiResponse(
      responseCode = "400",
      description = "invalid-query, invalid-token",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "404", description = "unknown-view")
  @ApiResponse(
      responseCode = "503",
      description = "view-behind, view-stalled, too-many-waits, view-store-unavailable")
  HttpResponse<byte[]> page(String view, @Parameter(hidden = true) HttpRequest<?> request) {
    ServedView served = views.named(view);
    PageRequest wanted = Requests.page(served, request.getParameters().asMap());
    var asked = waits.asked(request);
    ViewAccess store = stores.access(wanted.store());
    String token = Positions.token(waits.await(served, store, asked)).text();
    ViewPage page = store.reader().page(served.definition(), wanted.query());
    String next = page.next() == null ? null : wanted.cursor().apply(page.next());
    return HttpResponse.ok(answers.page(page.rows(), next, token))
        .header(FoldstreamHeaders.TOKEN, token);
  }

  @Get("/{view}/{key}")
  @Operation(
      summary = "One row of a view",
      description = "The ETag changes with the row; with If-None-Match an unchanged row is a 304.",
      parameters = {
        @Parameter(
            name = "store",
            in = ParameterIn.QUERY,
            description = "the store that answers, when the view is kept in both",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"postgresql", "elasticsearch"})),
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
            schema = @Schema(implementation = String.class)),
        @Parameter(
            name = HttpHeaders.IF_NONE_MATCH,
            in = ParameterIn.HEADER,
            description = "the ETag of the row the caller holds",
            schema = @Schema(implementation = String.class))
      })
  @ApiResponse(
      responseCode = "200",
      description = "the row",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "304", description = "the row is the one the caller holds")
  @ApiResponse(
      responseCode = "400",
      description = "invalid-query, invalid-token",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "404", description = "unknown-view, not-found")
  @ApiResponse(
      responseCode = "503",
      description = "view-behind, view-stalled, too-many-waits, view-store-unavailable")
  HttpResponse<byte[]> row(
      String view, String key, @Parameter(hidden = true) HttpRequest<?> request) {
    ServedView served = views.named(view);
    var kind = Requests.store(served, request.getParameters().asMap());
    var asked = waits.asked(request);
    var found = rows.find(served, stores.access(kind), key, asked);
    String token = found.token();
    ViewRow row = found.row().orElseThrow(() -> notFound(served, key, token));
    byte[] text = answers.row(row);
    String tag = EntityTags.of(row, text);
    var answer =
        EntityTags.held(request.getHeaders(), tag)
            ? HttpResponse.<byte[]>notModified()
            : HttpResponse.ok(text);
    return answer.header(HttpHeaders.ETAG, tag).header(FoldstreamHeaders.TOKEN, token);
  }

  private static ProblemException notFound(ServedView served, String key, String token) {
    return new ProblemException(
            ProblemType.NOT_FOUND, "The view '%s' has no row '%s'".formatted(served.address(), key))
        .header(FoldstreamHeaders.TOKEN, token);
  }
}
