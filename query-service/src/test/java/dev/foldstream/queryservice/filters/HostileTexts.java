package dev.foldstream.queryservice.filters;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What nobody writes by mistake: parameters made of pieces of the grammar, of SQL and of noise. */
public final class HostileTexts {

  private static final List<String> PIECES =
      List.of(
          "pages",
          "title",
          "note",
          "copies",
          "copies.shelf",
          "genre",
          "price",
          "addedAt",
          "code",
          "row_key",
          "revision",
          "eq",
          "neq",
          "like",
          "ilike",
          "in",
          "is",
          "not",
          "or",
          "and",
          ".",
          ".",
          ".",
          "(",
          ")",
          ",",
          "\"",
          "\\",
          "'",
          "*",
          "%",
          "_",
          ";",
          "--",
          "/*",
          "null",
          "true",
          "1",
          "-1",
          "1e308",
          "NaN",
          "2026-01-01",
          "1900-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "' or 1=1 --",
          "\"; drop table library_books; --",
          "pg_sleep(10)",
          "$1",
          "?",
          "?::text",
          ":name",
          "${x}",
          "{}",
          "c1.",
          "c1.WyJhIl0",
          "desc",
          "nullsfirst",
          "\u0000",
          "\uD83D",
          "ü",
          "漢",
          "\uD83D\uDE00",
          "\u202E",
          " ",
          "\n",
          "x".repeat(300),
          "*".repeat(20));

  private static final List<String> NAMES =
      List.of(
          "pages",
          "title",
          "note",
          "copies.shelf",
          "copies.number",
          "genre",
          "addedAt",
          "lent",
          "or",
          "and",
          "not.or",
          "not.and",
          "order",
          "select",
          "limit",
          "cursor",
          "store",
          "row.title",
          "title\" is null or \"title",
          "library_books.title",
          "1=1; --",
          "");

  private HostileTexts() {}

  /** Some parameters, as the framework hands them over. */
  public static Arbitrary<Map<String, List<String>>> parameters() {
    return Arbitraries.maps(names(), values().list().ofMinSize(1).ofMaxSize(2))
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(9, Arbitraries.of(NAMES)), net.jqwik.api.Tuple.of(1, pieces(4)));
  }

  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        pieces(8),
        Arbitraries.of("eq.", "not.eq.", "like.", "ilike.", "gt.", "is.", "in.(")
            .flatMap(beginning -> pieces(3).map(rest -> beginning + rest)),
        Conditions.any().map(condition -> "(" + Conditions.text(condition) + ")"));
  }

  private static Arbitrary<String> pieces(int most) {
    return Arbitraries.of(PIECES)
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .map(all -> String.join("", all));
  }
}
