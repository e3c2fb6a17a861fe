package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.rows.Boundaries;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Full text over the declared fields. Matched texts come marked with {@code <em>}, everything else
 * in them escaped for HTML. Hits in order of relevance go on by {@code search_after}; in another
 * order by a condition, as pages do.
 */
final class ElasticsearchSearchReader implements SearchReader {

  /** Values of one facet at most, the most frequent first. */
  static final int MAX_FACET_VALUES = 100;

  private static final int FRAGMENTS = 3;

  /** So many rows are looked at for each suggestion asked for, since many may say the same. */
  private static final int ROWS_FOR_A_SUGGESTION = 5;

  private final ElasticsearchSearches searches;
  private final RefreshGate refreshes;
  private final Function<ViewDefinition, ElasticsearchView> views;

  ElasticsearchSearchReader(
      ElasticsearchSearches searches,
      RefreshGate refreshes,
      Function<ViewDefinition, ElasticsearchView> views) {
    this.searches = searches;
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
    JsonNode answer = searches.send(view, body);
    List<Hit> found = hits(known, answer.path("hits").path("hits"));
    List<Hit> hits = found.subList(0, Math.min(found.size(), query.limit()));
    return new SearchResult(
        ElasticsearchSearches.total(answer),
        List.copyOf(hits),
        facets(query.facets(), answer.path("aggregations")),
        hits.size() == found.size() || hits.isEmpty() ? null : after(known, query, hits.getLast()));
  }

  private static After after(ElasticsearchView known, SearchQuery query, Hit last) {
    return new After(last.score(), Boundaries.after(known.fields(), query.order(), last.row()));
  }

  @Override
  public List<Suggestion> suggest(
      ViewDefinition view, String text, ViewQuery.Condition where, int limit, boolean fresh) {
    ElasticsearchView known = views.apply(view);
    List<String> fields = searched(view);
    ObjectNode body = RowJson.object();
    body.put("size", Math.min(MAX_HITS, limit * ROWS_FOR_A_SUGGESTION));
    body.put("track_total_hits", false);
    ObjectNode bool = known.query().bool(where);
    bool.putArray("must").add(SearchWords.beginnings(fields, text));
    body.putObject("query").set("bool", bool);
    sortByRelevance(body);
    if (fresh) {
      refreshes.refresh(StoreNames.alias(view));
    }
    var suggestions = new Suggestions(known.fields(), fields, text);
    for (Hit hit : hits(known, searches.send(view, body).path("hits").path("hits"))) {
      suggestions.add(hit.row().row());
    }
    return suggestions.first(limit);
  }

  private static ObjectNode body(ViewDefinition view, ElasticsearchView known, SearchQuery query) {
    if (query.limit() < 0 || query.limit() > MAX_HITS) {
      throw new IllegalArgumentException(
          "a search gives 0 to %d hits; asked for %d".formatted(MAX_HITS, query.limit()));
    }
    ObjectNode body = RowJson.object();
    body.put("size", query.limit() + 1);
    body.put("track_total_hits", true);
    ObjectNode bool = known.query().bool(query.where());
    String text = query.text();
    if (text != null && !text.isBlank()) {
      bool.putArray("must").add(SearchWords.query(searched(view), text));
      highlight(body, searched(view));
    }
    body.putObject("query").set("bool", bool);
    sort(body, known, query);
    facets(body, known, query.facets());
    return body;
  }

  private static void sort(ObjectNode body, ElasticsearchView known, SearchQuery query) {
    After after = query.after();
    if (query.byRelevance()) {
      sortByRelevance(body);
      if (after != null) {
        body.putArray("search_after").add(after.score()).add(after.boundary().key());
      }
      return;
    }
    body.set("sort", known.query().sort(query.order()));
    body.put("track_scores", true);
    if (after != null) {
      ElasticsearchSearches.beginBehind(body, known.query().after(query.order(), after.boundary()));
    }
  }

  private static void sortByRelevance(ObjectNode body) {
    ArrayNode sort = body.putArray("sort");
    sort.addObject().putObject("_score").put("order", "desc");
    sort.addObject().putObject(ElasticsearchMapping.KEY).put("order", "asc");
  }

  private static void facets(ObjectNode body, ElasticsearchView known, List<String> facets) {
    if (facets.isEmpty()) {
      return;
    }
    ObjectNode all = body.withObject("aggs");
    for (String facet : facets) {
      known.fields().known(facet);
      all.putObject(facet).putObject("terms").put("field", facet).put("size", MAX_FACET_VALUES);
    }
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
