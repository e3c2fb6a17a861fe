package dev.foldstream.topology.document;

import org.jspecify.annotations.Nullable;

/**
 * What an aggregate keeps in one field.
 *
 * @param of the expression it is calculated from; null for {@code count}
 * @param limit for {@code collect}: how many values at most
 * @param percentile for {@code percentile}: 0 to 100
 */
public record Calculation(
    Kind kind, @Nullable String of, @Nullable Integer limit, @Nullable Double percentile) {

  public enum Kind {
    COUNT,
    SUM,
    MIN,
    MAX,
    AVG,
    FIRST,
    LAST,
    COLLECT,
    DISTINCT,
    PERCENTILE;

    /** The word for it in the document. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
