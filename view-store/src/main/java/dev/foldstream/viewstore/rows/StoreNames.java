package dev.foldstream.viewstore.rows;

import dev.foldstream.schemas.rows.ColumnNames;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;

/** The names of tables, columns and indices. These are the stored form. */
public final class StoreNames {

  /** PostgreSQL cuts names off at 63 characters; nine are kept for the names of indexes. */
  public static final int MAX_TABLE_NAME = 54;

  private StoreNames() {}

  /** {@code commerce_order_details}: the name that stays when the version changes. */
  public static String table(ViewDefinition view) {
    return (view.domain() + "_" + view.name()).replace('-', '_');
  }

  /** {@code commerce_order_details__v1}. */
  public static String table(ViewVersion version) {
    String name = table(version.view()) + "__v" + version.number();
    if (name.length() > MAX_TABLE_NAME) {
      throw new IllegalArgumentException(
          "the names of domain and view make a table name of at most %d characters; '%s' has %d"
              .formatted(MAX_TABLE_NAME, name, name.length()));
    }
    return name;
  }

  /** {@code commerce-order-details}: the alias of the live index. */
  public static String alias(ViewDefinition view) {
    return view.domain() + "-" + view.name();
  }

  /** {@code commerce-order-details-v1}. */
  public static String index(ViewVersion version) {
    return alias(version.view()) + "-v" + version.number();
  }

  /**
   * {@code commerce-order-details-v1.rows}: the alias under which rows of a version are written, so
   * that a write which comes after the index was dropped does not make another one.
   */
  public static String rows(ViewVersion version) {
    return index(version) + ".rows";
  }

  /** {@code placedAt} becomes {@code placed_at}. */
  public static String column(String component) {
    return ColumnNames.of(component);
  }
}
