package dev.foldstream.queryservice.filters;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.SearchReader.After;
import dev.foldstream.viewstore.SearchReader.SearchQuery;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Boundary;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a caller asks from the parameters of an address.
 *
 * <ol>
 *   <li>{@code select}, {@code order}, {@code limit}, {@code cursor}, {@code store}, and in a
 *       search {@code q} and {@code facets} are options; {@code and}, {@code or}, {@code not.and}
 *       and {@code not.or} are groups of conditions; every other parameter is a condition on the
 *       field it names.
 *   <li>{@code row.<field>} names a field too, for one that is called like an option.
 *   <li>Everything wrong is told at once, each with its parameter and the place in it; nothing
 *       wrong is passed over.
 * </ol>
 */
public final class Requests {

  /** Before a field that is called like an option. */
  public static final String COLUMN_PREFIX = Parameters.COLUMN_PREFIX;

  public static final String TEXT = "q";
  public static final String FACETS = "facets";

  private static final int SUGGESTIONS = 10;

  /** What every list takes, whether of pages or of hits. */
  private static final Set<String> LIST_OPTIONS =
      Set.of(SelectReader.PARAMETER, OrderReader.PARAMETER, Parameters.LIMIT, Cursors.PARAMETER);

  private static final Set<String> PAGE_OPTIONS = with(LIST_OPTIONS, Parameters.STORE);
  private static final Set<String> SEARCH_OPTIONS = with(LIST_OPTIONS, TEXT, FACETS);
  private static final Set<String> SUGGEST_OPTIONS = Set.of(TEXT, Parameters.LIMIT);
  private static final Set<String> ROW_OPTIONS = Set.of(SelectReader.PARAMETER, Parameters.STORE);

  private Requests() {}

  private static Set<String> with(Set<String> options, String... more) {
    var all = new java.util.HashSet<>(options);
    all.addAll(Arrays.asList(more));
    return Set.copyOf(all);
  }

  /** The request for a page. */
  public static PageRequest page(
      ServedView view, Map<String, List<String>> parameters, Count count) {
    var all = new Parameters(view, parameters);
    Condition where = all.where(PAGE_OPTIONS);
    List<Order> order = all.order();
    int limit = all.pageLimit();
    ViewStoreKind store = all.store();
    Selection selection = all.selection();
    String cursor = all.option(Cursors.PARAMETER, "");
    all.invalid().throwIfAny();
    var cursors = new Cursors(view, store, where, order);
    var query = new ViewQuery(where, order, limit, boundary(cursor, cursors, all), count);
    return new PageRequest(store, query, selection, cursors::write);
  }

  private static @Nullable Boundary boundary(String cursor, Cursors cursors, Parameters all) {
    Boundary after = cursor.isEmpty() ? null : cursors.read(cursor, all.invalid());
    all.invalid().throwIfAny();
    return after;
  }

  /** Whether a parameter of this name is no field. */
  public static boolean isOption(String name) {
    return PAGE_OPTIONS.contains(name)
        || SEARCH_OPTIONS.contains(name)
        || ConditionReader.isGroup(name);
  }

  /** The request for one row. */
  public static RowRequest row(ServedView view, Map<String, List<String>> parameters) {
    var all = new Parameters(view, parameters);
    all.refuseOthers(
        ROW_OPTIONS,
        "a row is asked for by its key, with no other parameters than select and store");
    var request = new RowRequest(all.store(), all.selection());
    all.invalid().throwIfAny();
    return request;
  }

  /**
   * The condition in these parameters, besides which there are none but these options: for readers
   * of a view that are no page and no search.
   */
  public static Condition condition(
      ServedView view, Map<String, List<String>> parameters, Set<String> options) {
    var all = new Parameters(view, parameters);
    Condition where = all.where(options);
    all.invalid().throwIfAny();
    return where;
  }

  /**
   * The request for a search.
   *
   * @param fresh whether the answer must hold everything that was written before
   */
  public static SearchRequest search(
      ServedView view, Map<String, List<String>> parameters, boolean fresh) {
    var all = new Parameters(view, parameters);
    Condition where = all.where(SEARCH_OPTIONS);
    List<Order> order = all.order();
    String text = text(all);
    List<String> facets = facets(all);
    int limit = all.limit(ViewQuery.DEFAULT_LIMIT, SearchReader.MAX_HITS);
    Selection selection = all.selection();
    String cursor = all.option(Cursors.PARAMETER, "");
    all.invalid().throwIfAny();
    var cursors = new SearchCursors(view, text, where, order);
    After after = cursor.isEmpty() ? null : cursors.read(cursor, all.invalid());
    all.invalid().throwIfAny();
    return new SearchRequest(
        new SearchQuery(text.isEmpty() ? null : text, where, order, facets, limit, after, fresh),
        selection,
        cursors::write);
  }

  /** The request for suggestions. */
  public static SuggestRequest suggest(ServedView view, Map<String, List<String>> parameters) {
    var all = new Parameters(view, parameters);
    Condition where = all.where(SUGGEST_OPTIONS);
    String text = text(all);
    if (text.isEmpty()) {
      all.invalid().add(TEXT, "the beginning of a word is wanted; found nothing");
    }
    int limit = all.limit(SUGGESTIONS, QueryBounds.MAX_SUGGESTIONS);
    all.invalid().throwIfAny();
    return new SuggestRequest(text, where, limit);
  }

  private static String text(Parameters all) {
    String text = all.option(TEXT, "").strip();
    if (text.length() > QueryBounds.MAX_SEARCH_TEXT) {
      all.invalid()
          .add(TEXT, "a text has at most %d characters".formatted(QueryBounds.MAX_SEARCH_TEXT));
    }
    if (!text.isEmpty() && all.view().definition().feature().search().isEmpty()) {
      all.invalid()
          .add(
              TEXT,
              "'%s' declares no columns whose text is searched; it can be searched by filters alone"
                  .formatted(all.view().address()));
    }
    return text;
  }

  private static List<String> facets(Parameters all) {
    String text = all.option(FACETS, "");
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> names = Arrays.stream(text.split(",", -1)).distinct().toList();
    if (names.size() > QueryBounds.MAX_FACETS) {
      all.invalid()
          .add(
              FACETS,
              "a search has at most %d facets; found %d"
                  .formatted(QueryBounds.MAX_FACETS, names.size()));
      return List.of();
    }
    names.forEach(
        name -> all.fields().comparable(FACETS, Math.max(0, text.indexOf(name)) + 1, name));
    return names;
  }
}
