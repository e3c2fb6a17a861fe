package dev.foldstream.queryservice.views;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.host.requests.Preferences;
import dev.foldstream.queryservice.answers.AnswerHeaders;
import dev.foldstream.queryservice.answers.Costs;
import dev.foldstream.queryservice.answers.EntityTags;
import dev.foldstream.queryservice.caching.CachedRows;
import dev.foldstream.queryservice.caching.HeardViews;
import dev.foldstream.queryservice.filters.PageRequest;
import dev.foldstream.queryservice.filters.Requests;
import dev.foldstream.queryservice.filters.RowRequest;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.ViewPage;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.ViewRow;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;

/**
 * Views by key, and by filter, order and page. The package {@code openapi} describes them, from the
 * views themselves.
 */
@Controller("/views")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class ViewsController {

  private final ServedViews views;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final HeardViews heard;
  private final CachedRows rows;
  private final ViewAnswers answers;
  private final AnswerHeaders headers;

  ViewsController(
      ServedViews views,
      ViewStores stores,
      TokenWaits waits,
      HeardViews heard,
      CachedRows rows,
      ViewAnswers answers,
      AnswerHeaders headers) {
    this.views = views;
    this.stores = stores;
    this.rows = rows;
    this.waits = waits;
    this.heard = heard;
    this.answers = answers;
    this.headers = headers;
  }

  @Get
  HttpResponse<byte[]> list() {
    return HttpResponse.ok(answers.list(views.all()));
  }

  @Get("/{view}")
  HttpResponse<byte[]> page(String view, HttpRequest<?> request) {
    ServedView served = views.named(view);
    Count count = count(request);
    PageRequest wanted = Requests.page(served, request.getParameters().asMap(), count);
    var asked = waits.asked(request);
    ViewAccess store = stores.access(wanted.store());
    String token = heard.token(served, store, asked);
    ViewQuery query = wanted.query();
    ViewPage page =
        Costs.bounded(
            served,
            query.where(),
            query.order(),
            () -> store.reader().page(served.definition(), query));
    String next = page.next() == null ? null : wanted.cursor().apply(page.next());
    byte[] text = answers.page(page, wanted.selection(), next, token);
    var answer = headers.answer(request, text, EntityTags.ofList(text, token), token);
    return count == Count.NONE
        ? answer
        : answer.header(
            FoldstreamHeaders.PREFERENCE_APPLIED, "count=" + count.name().toLowerCase(Locale.ROOT));
  }

  private static Count count(HttpRequest<?> request) {
    return Preferences.read(request.getHeaders().getAll(FoldstreamHeaders.PREFER))
        .count()
        .map(name -> Count.valueOf(name.toUpperCase(Locale.ROOT)))
        .orElse(Count.NONE);
  }

  @Get("/{view}/{key}")
  HttpResponse<byte[]> row(String view, String key, HttpRequest<?> request) {
    ServedView served = views.named(view);
    RowRequest wanted = Requests.row(served, request.getParameters().asMap());
    var asked = waits.asked(request);
    var found = rows.find(served, stores.access(wanted.store()), key, asked);
    String token = found.token();
    ViewRow row = found.row().orElseThrow(() -> notFound(served, key, token));
    byte[] text = answers.row(row, wanted.selection());
    return headers.answer(request, text, EntityTags.of(row, text), token);
  }

  private static ProblemException notFound(ServedView served, String key, String token) {
    return new ProblemException(
            ProblemType.NOT_FOUND, "The view '%s' has no row '%s'".formatted(served.address(), key))
        .header(FoldstreamHeaders.TOKEN, token);
  }
}
