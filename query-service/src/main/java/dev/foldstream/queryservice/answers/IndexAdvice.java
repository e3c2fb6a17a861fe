package dev.foldstream.queryservice.answers;

import dev.foldstream.kernel.Feature;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which index in a view's declaration would serve a query: first the columns that are compared to
 * one value, then those of the order, or one that is compared to a range. Only conditions that must
 * all hold count; for alternatives each would need an index of its own.
 */
final class IndexAdvice {

  private static final Set<Operator> ONE_VALUE = Set.of(Operator.EQ, Operator.IN, Operator.IS_NULL);
  private static final Set<Operator> RANGE =
      Set.of(Operator.GT, Operator.GTE, Operator.LT, Operator.LTE, Operator.LIKE);

  private final Feature.View<?, ?> view;
  private final RowFields fields;
  private final Set<String> equal = new LinkedHashSet<>();
  private final Set<String> ranges = new LinkedHashSet<>();
  private final Set<String> unservable = new LinkedHashSet<>();
  private boolean alternatives;

  IndexAdvice(Feature.View<?, ?> view, Condition where) {
    this.view = view;
    this.fields = RowFields.of(view.row());
    look(where);
  }

  private void look(Condition condition) {
    switch (condition) {
      case All all -> all.of().forEach(this::look);
      case Any any -> alternatives = true;
      case Filter filter -> look(filter);
    }
  }

  private void look(Filter filter) {
    RowField field = fields.known(filter.column());
    boolean plain = !field.nested() && !filter.not();
    boolean beginning = filter.values().getFirst() instanceof String text && !text.startsWith("*");
    if (plain && ONE_VALUE.contains(filter.operator())) {
      equal.add(filter.column());
    } else if (plain
        && RANGE.contains(filter.operator())
        && (filter.operator() != Operator.LIKE || beginning)) {
      ranges.add(filter.column());
    } else {
      unservable.add(filter.column());
    }
  }

  /** The columns of the index that would help, in their order; empty when none would. */
  List<String> columns(List<Order> order) {
    var columns = new LinkedHashSet<>(equal);
    for (Order one : order) {
      if (fields.known(one.column()).nested()) {
        break;
      }
      columns.add(one.column());
    }
    if (columns.size() == equal.size() && !ranges.isEmpty()) {
      columns.add(ranges.iterator().next());
    }
    return List.copyOf(columns);
  }

  /** What to do, in words. */
  String text(List<Order> order) {
    List<String> columns = columns(order);
    var advice = new ArrayList<String>();
    if (!columns.isEmpty() && !declared(columns)) {
      advice.add("An index in the view's declaration would serve it: " + index(columns) + ".");
    } else if (!columns.isEmpty()) {
      advice.add("The index " + index(columns) + " serves it, but too many rows meet it.");
    }
    if (!unservable.isEmpty()) {
      advice.add(
          "No index serves lists, nested fields, opposites, ilike, or patterns that begin with *; that is so for %s."
              .formatted(unservable));
    }
    if (alternatives) {
      advice.add("Each alternative of or= needs an index of its own.");
    }
    advice.add("Ask for less, or raise foldstream.queries.statement-timeout.");
    return String.join(" ", advice);
  }

  private boolean declared(List<String> columns) {
    return view.indexes().stream()
        .anyMatch(
            index ->
                index.size() >= columns.size() && index.subList(0, columns.size()).equals(columns));
  }

  private static String index(List<String> columns) {
    return columns.stream().collect(Collectors.joining("\", \"", ".index(\"", "\")"));
  }
}
