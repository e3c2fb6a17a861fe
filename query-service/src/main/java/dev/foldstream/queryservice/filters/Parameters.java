package dev.foldstream.queryservice.filters;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of an address as parts of a query, which all that is asked of a view have in
 * common.
 */
final class Parameters {

  static final String STORE = "store";
  static final String LIMIT = "limit";
  static final String COLUMN_PREFIX = "row.";

  private final ServedView view;
  private final Map<String, List<String>> parameters;
  private final InvalidQuery invalid = new InvalidQuery();
  private final Fields fields;

  Parameters(ServedView view, Map<String, List<String>> parameters) {
    this.view = view;
    this.parameters = parameters;
    this.fields = new Fields(view, invalid);
  }

  ServedView view() {
    return view;
  }

  InvalidQuery invalid() {
    return invalid;
  }

  Fields fields() {
    return fields;
  }

  /** Whatever is none of these options is a condition. */
  Condition where(Set<String> options) {
    var reader = new ConditionReader(fields, invalid);
    parameters.forEach(
        (name, texts) -> {
          if (ConditionReader.isGroup(name)) {
            reader.groups(name, texts);
          } else if (!options.contains(name)) {
            reader.comparisons(name, columnName(name), texts);
          }
        });
    return reader.all();
  }

  private static String columnName(String parameter) {
    return parameter.startsWith(COLUMN_PREFIX)
        ? parameter.substring(COLUMN_PREFIX.length())
        : parameter;
  }

  /** Faults of everything that is none of these options. */
  void refuseOthers(Set<String> options, String wanted) {
    for (String name : parameters.keySet()) {
      if (!options.contains(name)) {
        invalid.add(name, "%s; found '%s'".formatted(wanted, Fields.shortened(name)));
      }
    }
  }

  String option(String name, String otherwise) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      invalid.add(name, "'%s' is given once; found %d".formatted(name, values.size()));
    }
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  List<Order> order() {
    String text = option(OrderReader.PARAMETER, "");
    return text.isEmpty() ? List.of() : new OrderReader(fields, invalid).read(text);
  }

  Selection selection() {
    return SelectReader.read(view, option(SelectReader.PARAMETER, ""), invalid);
  }

  int limit(int usual, int most) {
    String text = option(LIMIT, Integer.toString(usual));
    int limit = 0;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      limit = 0;
    }
    if (limit < 1 || limit > most) {
      invalid.add(
          LIMIT,
          "limit is a number from 1 to %d; found '%s'".formatted(most, Fields.shortened(text)));
    }
    return limit;
  }

  int pageLimit() {
    return limit(ViewQuery.DEFAULT_LIMIT, ViewQuery.MAX_LIMIT);
  }

  ViewStoreKind store() {
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
        "'%s' is kept in %s; found '%s'".formatted(view.address(), kept, Fields.shortened(text)));
    return view.preferredStore();
  }
}
