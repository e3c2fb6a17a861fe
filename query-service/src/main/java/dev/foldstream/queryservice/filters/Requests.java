package dev.foldstream.queryservice.filters;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Boundary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the parameters of an address.
 *
 * <ol>
 *   <li>{@code order}, {@code limit}, {@code cursor}, {@code store}, and in a search {@code q} and
 *       {@code facets} are options; every other parameter is a filter of the column it names.
 *   <li>{@code row.<column>} names a column too, for one that is called like an option.
 *   <li>Everything wrong is told at once, each with its parameter; nothing wrong is passed over.
 * </ol>
 */
public final class Requests {

  public static final String STORE = "store";
  private static final String LIMIT = "limit";
  private static final String TEXT = "q";
  private static final String FACETS = "facets";
  private static final String COLUMN_PREFIX = "row.";

  private static final int MAX_SEARCH_TEXT = 1_000;
  private static final int MAX_FACETS = 10;

  private static final Set<String> PAGE_OPTIONS =
      Set.of(OrderReader.PARAMETER, LIMIT, Cursors.PARAMETER, STORE);
  private static final Set<String> SEARCH_OPTIONS = Set.of(TEXT, FACETS, LIMIT);

  private final ServedView view;
  private final Map<String, List<String>> parameters;
  private final InvalidQuery invalid = new InvalidQuery();

  private Requests(ServedView view, Map<String, List<String>> parameters) {
    this.view = view;
    this.parameters = parameters;
  }

  /** The request for a page. */
  public static PageRequest page(ServedView view, Map<String, List<String>> parameters) {
    return new Requests(view, parameters).page();
  }

  /** The store a request for one row names. */
  public static ViewStoreKind store(ServedView view, Map<String, List<String>> parameters) {
    var requests = new Requests(view, parameters);
    ViewStoreKind store = requests.store();
    for (String name : parameters.keySet()) {
      if (!name.equals(STORE)) {
        requests.invalid.add(
            name,
            "a row is asked for by its key, with no other parameter than store; found '%s'"
                .formatted(Columns.shortened(name)));
      }
    }
    requests.invalid.throwIfAny();
    return store;
  }

  /**
   * The request for a search.
   *
   * @param fresh whether the answer must hold everything that was written before
   */
  public static SearchReader.SearchQuery search(
      ServedView view, Map<String, List<String>> parameters, boolean fresh) {
    return new Requests(view, parameters).search(fresh);
  }

  private PageRequest page() {
    List<ViewQuery.Filter> filters = filters(PAGE_OPTIONS);
    String orderText = option(OrderReader.PARAMETER, "");
    List<ViewQuery.Order> order =
        orderText.isEmpty() ? List.of() : OrderReader.read(view, orderText, invalid);
    int limit = limit(ViewQuery.MAX_LIMIT);
    ViewStoreKind store = store();
    invalid.throwIfAny();
    var cursors = new Cursors(view, store, filters, order);
    String cursorText = option(Cursors.PARAMETER, "");
    Boundary after = cursorText.isEmpty() ? null : cursors.read(cursorText, invalid);
    invalid.throwIfAny();
    return new PageRequest(store, new ViewQuery(filters, order, limit, after), cursors::write);
  }

  private SearchReader.SearchQuery search(boolean fresh) {
    List<ViewQuery.Filter> filters = filters(SEARCH_OPTIONS);
    String text = option(TEXT, "").strip();
    if (text.length() > MAX_SEARCH_TEXT) {
      invalid.add(TEXT, "a text has at most %d characters".formatted(MAX_SEARCH_TEXT));
    }
    if (!text.isEmpty() && view.definition().feature().search().isEmpty()) {
      invalid.add(
          TEXT,
          "'%s' declares no columns whose text is searched; it can be searched by filters alone"
              .formatted(view.address()));
    }
    List<String> facets = facets();
    int limit = limit(SearchReader.MAX_HITS);
    invalid.throwIfAny();
    return new SearchReader.SearchQuery(
        text.isEmpty() ? null : text, filters, facets, limit, fresh);
  }

  private List<ViewQuery.Filter> filters(Set<String> options) {
    var reader = new FilterReader(view, invalid);
    parameters.forEach(
        (name, texts) -> {
          if (!options.contains(name)) {
            reader.read(name, columnName(name), texts);
          }
        });
    return reader.filters();
  }

  private static String columnName(String parameter) {
    return parameter.startsWith(COLUMN_PREFIX)
        ? parameter.substring(COLUMN_PREFIX.length())
        : parameter;
  }

  private String option(String name, String otherwise) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      invalid.add(name, "'%s' is given once; found %d".formatted(name, values.size()));
    }
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  private int limit(int most) {
    String text = option(LIMIT, Integer.toString(ViewQuery.DEFAULT_LIMIT));
    int limit = 0;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      limit = 0;
    }
    if (limit < 1 || limit > most) {
      invalid.add(
          LIMIT,
          "limit is a number from 1 to %d; found '%s'".formatted(most, Columns.shortened(text)));
    }
    return limit;
  }

  private ViewStoreKind store() {
    String text = option(STORE, view.preferredStore().name());
    for (ViewStoreKind kind : view.stores()) {
      if (kind.name().equals(text.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    List<String> kept =
        view.stores().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).sorted().toList();
    invalid.add(
        STORE,
        "'%s' is kept in %s; found '%s'".formatted(view.address(), kept, Columns.shortened(text)));
    return view.preferredStore();
  }

  private List<String> facets() {
    String text = option(FACETS, "");
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> names = Arrays.stream(text.split(",", -1)).distinct().toList();
    if (names.size() > MAX_FACETS) {
      invalid.add(
          FACETS, "a search has at most %d facets; found %d".formatted(MAX_FACETS, names.size()));
      return List.of();
    }
    names.forEach(name -> Columns.comparable(view, FACETS, name, invalid));
    return names;
  }
}
