package dev.foldstream.viewstore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Full text over views kept in a search store. Thread-safe; may block. */
public interface SearchReader {

  /** How many hits an answer holds at most. */
  int MAX_HITS = 1000;

  SearchResult search(ViewDefinition view, SearchQuery query);

  /**
   * What is looked for.
   *
   * @param text what is looked for, or null for everything
   * @param facets columns whose values are counted
   * @param fresh whether the answer must hold everything that was written before the question:
   *     asked for by a caller with a token. The index is refreshed first, which costs the store
   *     something; without it an answer may be older than the row by the refresh interval
   */
  record SearchQuery(
      @Nullable String text,
      List<ViewQuery.Filter> filters,
      List<String> facets,
      int limit,
      boolean fresh) {

    public SearchQuery {
      filters = List.copyOf(filters);
      facets = List.copyOf(facets);
    }

    /** A question that may be answered from the last refresh. */
    public SearchQuery(
        @Nullable String text, List<ViewQuery.Filter> filters, List<String> facets, int limit) {
      this(text, filters, facets, limit, false);
    }
  }

  /**
   * Hits in order of relevance, the number of all matches, and for each facet its values with
   * counts.
   */
  record SearchResult(long total, List<Hit> hits, Map<String, Map<String, Long>> facets) {}

  record Hit(ViewRow row, double score, Map<String, List<String>> highlights) {}
}
