package dev.foldstream.viewstore;

import org.jspecify.annotations.Nullable;

/**
 * A component of the row record as a column.
 *
 * @param name the component's name, as callers write it
 * @param type its Java type
 * @param element what an array is made of; null for all others
 */
public record ViewColumn(
    String name, ViewColumnType type, boolean nullable, @Nullable ViewColumnType element) {

  public ViewColumn {
    if ((type == ViewColumnType.ARRAY) != (element != null)) {
      throw new IllegalArgumentException(
          "an array, and nothing else, has elements; column '%s' is %s of %s"
              .formatted(name, type, element));
    }
  }

  /** A column that is no array. */
  public ViewColumn(String name, ViewColumnType type, boolean nullable) {
    this(name, type, nullable, null);
  }
}
