package dev.foldstream.queryservice.filters;

/** How much a query may ask. What is above a bound is refused, never cut. */
public final class QueryBounds {

  /** Comparisons in one query. */
  public static final int MAX_CONDITIONS = 50;

  /** How deep {@code and} and {@code or} lie in each other. */
  public static final int MAX_DEPTH = 8;

  /** Values of one {@code in} or {@code ov}. */
  public static final int MAX_LIST = 200;

  /** Values of one {@code cs} or {@code cd}: each is a comparison of its own. */
  public static final int MAX_SET = 50;

  /** Characters of a value. */
  public static final int MAX_VALUE = 2_000;

  /** Characters of a pattern of {@code like} or {@code ilike}. */
  public static final int MAX_PATTERN = 200;

  /** Stars in a pattern. */
  public static final int MAX_STARS = 8;

  /** Fields of an order. */
  public static final int MAX_ORDER = 8;

  /** Fields of a {@code select}. */
  public static final int MAX_SELECT = 100;

  /** Facets of a search. */
  public static final int MAX_FACETS = 10;

  /** Characters of a searched text. */
  public static final int MAX_SEARCH_TEXT = 1_000;

  /** Suggestions of one answer. */
  public static final int MAX_SUGGESTIONS = 50;

  /** Characters of a cursor. */
  public static final int MAX_CURSOR = 12_000;

  private QueryBounds() {}
}
