package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.util.List;
import java.util.Optional;

/** Looks up fields that callers name: those that the view's row declares, and no others. */
final class Fields {

  private static final int MAX_SHOWN = 100;

  private final ServedView view;
  private final RowFields declared;
  private final InvalidQuery invalid;

  Fields(ServedView view, InvalidQuery invalid) {
    this.view = view;
    this.declared = RowFields.of(view.shape().type());
    this.invalid = invalid;
  }

  boolean has(String path) {
    return declared.field(path).isPresent();
  }

  /** The field of this name; otherwise a fault at this place of the parameter. */
  Optional<RowField> comparable(String parameter, int at, String path) {
    Optional<RowField> field = declared.field(path);
    if (field.isEmpty()) {
      invalid.add(
          parameter,
          at,
          "the columns of '%s' that can be compared are %s; found '%s'"
              .formatted(view.address(), names(), shortened(path)));
    }
    return field;
  }

  /** The same for a field that a row has once at most. */
  Optional<RowField> sortable(String parameter, int at, String path) {
    Optional<RowField> field = comparable(parameter, at, path);
    if (field.isPresent() && field.get().many()) {
      invalid.add(
          parameter,
          at,
          "rows are ordered by what each has once; '%s' lies in a list".formatted(path));
      return Optional.empty();
    }
    return field;
  }

  private List<String> names() {
    return declared.all().stream().map(RowField::path).toList();
  }

  static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
