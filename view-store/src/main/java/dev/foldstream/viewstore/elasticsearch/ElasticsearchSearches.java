package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.QueryTooCostlyException;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.StoreNames;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Sends searches to live indices. A search that takes too long is given up whole: half of what was
 * asked for is never taken for all of it.
 */
final class ElasticsearchSearches {

  /** No field is called so. */
  private static final String TOTAL = "#total";

  private final ElasticsearchHttp http;
  private final Duration timeout;

  ElasticsearchSearches(ElasticsearchHttp http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  /**
   * Lets hits begin behind a boundary, while {@link #total} and facets stay those of all matches.
   */
  static void beginBehind(ObjectNode body, ObjectNode boundary) {
    body.set("post_filter", boundary);
    body.withObject("aggs").putObject(TOTAL).putObject("filter").putObject("match_all");
  }

  /** How many match, wherever the hits begin. */
  static long total(JsonNode answer) {
    JsonNode counted = answer.path("aggregations").path(TOTAL).path("doc_count");
    return counted.isMissingNode()
        ? answer.path("hits").path("total").path("value").longValue()
        : counted.longValue();
  }

  /** The answer; an empty one for a view that nobody prepared yet. */
  JsonNode send(ViewDefinition view, ObjectNode body) {
    body.put("timeout", timeout.toMillis() + "ms");
    Answer answer = http.send("POST", "/" + StoreNames.alias(view) + "/_search", body);
    if (!answer.ok() && !answer.notFound()) {
      throw new IllegalStateException(
          "wanted to search %s; Elasticsearch answered %s".formatted(view.path(), answer.error()));
    }
    if (answer.body().path("timed_out").booleanValue()) {
      String wanted = "wanted to search %s within %s".formatted(view.path(), timeout);
      throw new QueryTooCostlyException(wanted, timeout, new TimeoutException(wanted));
    }
    return answer.body();
  }
}
