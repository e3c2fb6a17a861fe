package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewColumn;
import java.util.List;
import java.util.Optional;

/** Looks up columns that callers name. */
final class Columns {

  private static final int MAX_SHOWN = 100;

  private Columns() {}

  /** The column of this name that can be compared; otherwise a fault of the parameter. */
  static Optional<ViewColumn> comparable(
      ServedView view, String parameter, String name, InvalidQuery invalid) {
    Optional<ViewColumn> column = view.column(name).filter(found -> found.type().comparable());
    if (column.isEmpty()) {
      List<String> names =
          view.shape().columns().stream()
              .filter(any -> any.type().comparable())
              .map(ViewColumn::name)
              .toList();
      invalid.add(
          parameter,
          "the columns of '%s' that can be compared are %s; found '%s'"
              .formatted(view.address(), names, shortened(name)));
    }
    return column;
  }

  static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
