package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** All documents of an index as they were when it was opened, in order of key, page by page. */
final class SortedRows implements AutoCloseable {

  private static final int PAGE = 1000;
  private static final String KEEP_ALIVE = "1h";

  private final ElasticsearchHttp http;
  private final String index;
  private final Queue<JsonNode> page = new ArrayDeque<>();
  private String pointInTime;
  private @Nullable JsonNode after;
  private boolean last;

  private SortedRows(ElasticsearchHttp http, String index, String pointInTime) {
    this.http = http;
    this.index = index;
    this.pointInTime = pointInTime;
  }

  /** What was written before the call is in it. */
  static SortedRows open(ElasticsearchHttp http, ElasticsearchVersions versions, String index) {
    versions.refresh(index);
    Answer opened = http.post("/" + index + "/_pit?keep_alive=" + KEEP_ALIVE);
    if (!opened.ok()) {
      throw unavailable(index, opened);
    }
    return new SortedRows(http, index, opened.body().path("id").asText());
  }

  /** The next one, without going on to it. */
  @Nullable JsonNode peek() {
    if (page.isEmpty() && !last) {
      read();
    }
    return page.peek();
  }

  void next() {
    page.remove();
  }

  static String key(JsonNode document) {
    return document.path("_id").asText();
  }

  private void read() {
    ObjectNode body = RowJson.object();
    body.put("size", PAGE);
    body.put("track_total_hits", false);
    body.putObject("pit").put("id", pointInTime).put("keep_alive", KEEP_ALIVE);
    body.putObject("query").putObject("exists").put("field", ElasticsearchMapping.KEY);
    body.putArray("sort").addObject().put(ElasticsearchMapping.KEY, "asc");
    if (after != null) {
      body.set("search_after", after);
    }
    Answer answer = http.send("POST", "/_search", body);
    if (!answer.ok() || answer.body().at("/_shards/failed").intValue() > 0) {
      throw unavailable(index, answer);
    }
    pointInTime = answer.body().path("pit_id").asText(pointInTime);
    JsonNode hits = answer.body().at("/hits/hits");
    hits.forEach(page::add);
    last = hits.size() < PAGE;
    if (!hits.isEmpty()) {
      after = hits.get(hits.size() - 1).path("sort");
    }
  }

  private static ViewStoreUnavailableException unavailable(String index, Answer answer) {
    return new ViewStoreUnavailableException(
        "wanted to read all rows of '%s' as of one moment; Elasticsearch answered %s"
            .formatted(index, answer.error()),
        new IllegalStateException(answer.error()));
  }

  /** If it is never told, Elasticsearch lets it go by itself. */
  @Override
  public void close() {
    try {
      http.send("DELETE", "/_pit", RowJson.object().put("id", pointInTime));
    } catch (ViewStoreUnavailableException ends) {
      last = true;
    }
  }
}
