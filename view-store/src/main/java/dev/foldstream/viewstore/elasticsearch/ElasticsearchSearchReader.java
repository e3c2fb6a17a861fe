package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Full text over the declared fields. All words of a question must be found, in whichever fields; a
 * question that is exactly the value of a field ranks first. Matched texts come marked with {@code
 * <em>}, everything else in them escaped for HTML.
 */
final class ElasticsearchSearchReader implements SearchReader {

  /** Values of one facet at most, the most frequent first. */
  static final int MAX_FACET_VALUES = 100;

  private static final double EXACT_BOOST = 10;
  private static final int FRAGMENTS = 3;

  private final ElasticsearchHttp http;
  private final RefreshGate refreshes;
  private final Function<ViewDefinition, ElasticsearchView> views;

  ElasticsearchSearchReader(
      ElasticsearchHttp http,
      RefreshGate refreshes,
      Function<ViewDefinition, ElasticsearchView> views) {
    this.http = http;
    this.refreshes = refreshes;
    this.views = views;
  }

  @Override
  public SearchResult search(ViewDefinition view, SearchQuery query) {
    ElasticsearchView known = views.apply(view);
    ObjectNode body = body(view, known, query);
    if (query.fresh()) {
      refreshes.refresh(StoreNames.alias(view));
    }
    Answer answer = http.send("POST", "/" + StoreNames.alias(view) + "/_search", body);
    if (!answer.ok() && !answer.notFound()) {
      throw new IllegalStateException(
          "wanted to search %s; Elasticsearch answered %s".formatted(view.path(), answer.error()));
    }
    JsonNode hits = answer.body().path("hits");
    return new SearchResult(
        hits.path("total").path("value").longValue(),
        hits(known, hits.path("hits")),
        facets(query.facets(), answer.body().path("aggregations")));
  }

  private static ObjectNode body(ViewDefinition view, ElasticsearchView known, SearchQuery query) {
    if (query.limit() < 0 || query.limit() > MAX_HITS) {
      throw new IllegalArgumentException(
          "a search gives 0 to %d hits; asked for %d".formatted(MAX_HITS, query.limit()));
    }
    ObjectNode body = RowJson.object();
    body.put("size", query.limit());
    body.put("track_total_hits", true);
    ObjectNode bool = known.query().bool(query.filters());
    String text = query.text();
    if (text != null && !text.isBlank()) {
      bool.putArray("must").add(words(searched(view), text));
      highlight(body, searched(view));
    }
    body.putObject("query").set("bool", bool);
    if (!query.facets().isEmpty()) {
      ObjectNode all = body.putObject("aggs");
      for (String facet : query.facets()) {
        known.fields().leaf(facet);
        all.putObject(facet).putObject("terms").put("field", facet).put("size", MAX_FACET_VALUES);
      }
    }
    return body;
  }

  private static List<String> searched(ViewDefinition view) {
    List<String> fields = view.feature().search();
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "view %s declares no searched fields; ask without a text, or declare some"
              .formatted(view.path()));
    }
    return fields;
  }

  private static ObjectNode words(List<String> fields, String text) {
    ObjectNode query = RowJson.object();
    ObjectNode bool = query.putObject("bool");
    bool.put("minimum_should_match", 1);
    ArrayNode either = bool.putArray("should");
    ObjectNode all = either.addObject().putObject("multi_match");
    all.put("query", text).put("type", "cross_fields").put("operator", "and");
    ArrayNode texts = all.putArray("fields");
    for (String field : fields) {
      texts.add(field + ElasticsearchMapping.TEXT);
      either
          .addObject()
          .putObject("term")
          .putObject(field)
          .put("value", text)
          .put("boost", EXACT_BOOST);
    }
    return query;
  }

  private static void highlight(ObjectNode body, List<String> fields) {
    ObjectNode highlight = body.putObject("highlight");
    highlight.put("encoder", "html");
    highlight.put("number_of_fragments", FRAGMENTS);
    ObjectNode all = highlight.putObject("fields");
    fields.forEach(field -> all.putObject(field + ElasticsearchMapping.TEXT));
  }

  private static List<Hit> hits(ElasticsearchView known, JsonNode found) {
    var hits = new ArrayList<Hit>();
    for (JsonNode hit : found) {
      known
          .rows()
          .row(hit)
          .ifPresent(
              row ->
                  hits.add(
                      new Hit(
                          row, hit.path("_score").doubleValue(), marked(hit.path("highlight")))));
    }
    return hits;
  }

  private static Map<String, List<String>> marked(JsonNode highlight) {
    var marked = new TreeMap<String, List<String>>();
    highlight
        .properties()
        .forEach(
            field -> {
              var fragments = new ArrayList<String>();
              field.getValue().forEach(fragment -> fragments.add(fragment.asText()));
              String name = field.getKey();
              marked.put(
                  name.substring(0, name.length() - ElasticsearchMapping.TEXT.length()), fragments);
            });
    return marked;
  }

  private static Map<String, Map<String, Long>> facets(List<String> asked, JsonNode found) {
    var facets = new LinkedHashMap<String, Map<String, Long>>();
    for (String facet : asked) {
      var counts = new LinkedHashMap<String, Long>();
      for (JsonNode bucket : found.path(facet).path("buckets")) {
        JsonNode value =
            bucket.has("key_as_string") ? bucket.path("key_as_string") : bucket.path("key");
        counts.put(value.asText(), bucket.path("doc_count").longValue());
      }
      facets.put(facet, counts);
    }
    return facets;
  }
}
