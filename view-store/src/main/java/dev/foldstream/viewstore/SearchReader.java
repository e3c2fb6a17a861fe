package dev.foldstream.viewstore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Full text over views kept in a search store. Thread-safe; may block. */
public interface SearchReader {

  /** How many hits an answer holds at most. */
  int MAX_HITS = 1000;

  /** How many words of a text are looked for; those behind them are passed over. */
  int MAX_WORDS = 32;

  SearchResult search(ViewDefinition view, SearchQuery query);

  /**
   * Values of the searched fields that the text may be the beginning of, the best first: its last
   * word begins one of theirs, and its other words are among them.
   *
   * @param where what the rows meet that they come from
   */
  List<Suggestion> suggest(
      ViewDefinition view, String text, ViewQuery.Condition where, int limit, boolean fresh);

  /**
   * What is looked for.
   *
   * @param text what is looked for, or null for everything. Words with a letter wrong or missing
   *     are found, too, behind those that are exactly so
   * @param order by these fields, or by relevance when there are none
   * @param facets fields whose values are counted
   * @param after the end of the hits before, or null for the first ones
   * @param fresh whether the answer must hold everything that was written before the question:
   *     asked for by a caller with a token. The index is refreshed first, which costs the store
   *     something; without it an answer may be older than the row by the refresh interval
   */
  record SearchQuery(
      @Nullable String text,
      ViewQuery.Condition where,
      List<ViewQuery.Order> order,
      List<String> facets,
      int limit,
      @Nullable After after,
      boolean fresh) {

    public SearchQuery {
      order = List.copyOf(order);
      facets = List.copyOf(facets);
    }

    /** The first hits in order of relevance. */
    public SearchQuery(
        @Nullable String text,
        List<ViewQuery.Filter> filters,
        List<String> facets,
        int limit,
        boolean fresh) {
      this(text, new ViewQuery.All(List.copyOf(filters)), List.of(), facets, limit, null, fresh);
    }

    /** A question that may be answered from the last refresh. */
    public SearchQuery(
        @Nullable String text, List<ViewQuery.Filter> filters, List<String> facets, int limit) {
      this(text, filters, facets, limit, false);
    }

    /** Whether hits come in order of relevance. */
    public boolean byRelevance() {
      return text != null && !text.isBlank() && order.isEmpty();
    }
  }

  /**
   * The end of a page of hits.
   *
   * @param score of the last hit; counts in order of relevance only
   * @param boundary its order values and key
   */
  record After(double score, ViewQuery.Boundary boundary) {}

  /**
   * Hits in order, the number of all matches, and for each facet its values with counts.
   *
   * @param next where the next hits begin, or null when these are the last
   */
  record SearchResult(
      long total, List<Hit> hits, Map<String, Map<String, Long>> facets, @Nullable After next) {}

  record Hit(ViewRow row, double score, Map<String, List<String>> highlights) {}

  /** A value, and the field it is of. */
  record Suggestion(String text, String column) {}
}
