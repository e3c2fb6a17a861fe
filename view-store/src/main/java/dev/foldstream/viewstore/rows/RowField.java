package dev.foldstream.viewstore.rows;

import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import java.util.List;

/**
 * A column, or a component of records nested in one, that has values of its own.
 *
 * @param path the names from the row on, {@code lines.sku}
 * @param column the column it is or lies in
 * @param type the kind of its values
 * @param javaType the type of its values
 * @param nullable whether there may be no value
 * @param steps the way from the column to the values; empty for a column that is one itself
 */
public record RowField(
    String path,
    ViewColumn column,
    ViewColumnType type,
    Class<?> javaType,
    boolean nullable,
    List<Step> steps) {

  /**
   * One step on the way.
   *
   * @param name the component to go into, or null for the elements of a list
   */
  public record Step(@org.jspecify.annotations.Nullable String name) {
    static final Step ELEMENTS = new Step(null);

    public boolean elements() {
      return name == null;
    }
  }

  public RowField {
    steps = List.copyOf(steps);
  }

  public boolean nested() {
    return !steps.isEmpty();
  }

  /** Whether a row may have several values of it. */
  public boolean many() {
    return steps.stream().anyMatch(Step::elements);
  }

  /** Whether it is compared as a text: names of enums are texts. */
  public boolean text() {
    return type == ViewColumnType.TEXT || type == ViewColumnType.ENUM;
  }
}
