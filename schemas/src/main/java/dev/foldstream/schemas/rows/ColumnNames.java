package dev.foldstream.schemas.rows;

import java.util.Set;

/** Columns are named after the components of a row. These are the stored form. */
public final class ColumnNames {

  /** The columns that every table of rows has beside its own. */
  public static final Set<String> KEPT = Set.of("row_key", "revision");

  private ColumnNames() {}

  /** {@code placedAt} becomes {@code placed_at}. */
  public static String of(String component) {
    var name = new StringBuilder();
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(component.charAt(i - 1))) {
        name.append('_');
      }
      name.append(Character.toLowerCase(c));
    }
    return name.toString();
  }
}
