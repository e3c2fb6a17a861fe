package dev.foldstream.queryservice.search;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.answers.AnswerHeaders;
import dev.foldstream.queryservice.answers.Costs;
import dev.foldstream.queryservice.answers.EntityTags;
import dev.foldstream.queryservice.filters.Requests;
import dev.foldstream.queryservice.filters.SearchRequest;
import dev.foldstream.queryservice.filters.SuggestRequest;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.queryservice.waits.TokenWaits.Asked;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.SearchReader.SearchQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;

/**
 * Views by text, with facets, and what a text may be the beginning of. The package {@code openapi}
 * describes them, from the views themselves.
 */
@Controller("/search")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class SearchController {

  private final ServedViews views;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final SearchAnswers answers;
  private final AnswerHeaders headers;

  SearchController(
      ServedViews views,
      ViewStores stores,
      TokenWaits waits,
      SearchAnswers answers,
      AnswerHeaders headers) {
    this.views = views;
    this.stores = stores;
    this.waits = waits;
    this.answers = answers;
    this.headers = headers;
  }

  @Get("/{view}")
  HttpResponse<byte[]> search(String view, HttpRequest<?> request) {
    ServedView served = searchable(views.named(view));
    Asked asked = waits.asked(request);
    SearchRequest wanted = Requests.search(served, request.getParameters().asMap(), !asked.none());
    String token = token(served, asked);
    SearchQuery query = wanted.query();
    var result =
        Costs.bounded(
            served,
            query.where(),
            query.order(),
            () -> stores.search().search(served.definition(), query));
    String next = result.next() == null ? null : wanted.cursor().apply(result.next());
    byte[] text = answers.result(result, wanted.selection(), next, token);
    return answer(request, text, token);
  }

  @Get("/{view}/suggest")
  HttpResponse<byte[]> suggest(String view, HttpRequest<?> request) {
    ServedView served = searchable(views.named(view));
    Asked asked = waits.asked(request);
    SuggestRequest wanted = Requests.suggest(served, request.getParameters().asMap());
    String token = token(served, asked);
    var suggestions =
        Costs.bounded(
            served,
            wanted.where(),
            List.of(),
            () ->
                stores
                    .search()
                    .suggest(
                        served.definition(),
                        wanted.text(),
                        wanted.where(),
                        wanted.limit(),
                        !asked.none()));
    return answer(request, answers.suggestions(suggestions, token), token);
  }

  private HttpResponse<byte[]> answer(HttpRequest<?> request, byte[] text, String token) {
    return headers.answer(request, text, EntityTags.ofList(text, token), token);
  }

  private String token(ServedView view, Asked asked) {
    var positions = waits.await(view, stores.access(ViewStoreKind.ELASTICSEARCH), asked);
    return Positions.token(positions).text();
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
