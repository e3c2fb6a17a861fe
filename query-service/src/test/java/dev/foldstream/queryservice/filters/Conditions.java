package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.library.Book;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random conditions on books, and texts that say them. */
public final class Conditions {

  /** How deep groups lie in each other. */
  private static final int GROUPS = 3;

  private static final List<Operator> PLAIN =
      List.of(
          Operator.EQ,
          Operator.NEQ,
          Operator.GT,
          Operator.GTE,
          Operator.LT,
          Operator.LTE,
          Operator.IN);
  private static final Set<Operator> OF_SEVERAL = Set.of(Operator.IN, Operator.WITHIN);

  private Conditions() {}

  public static Arbitrary<Condition> any() {
    return any(GROUPS);
  }

  private static Arbitrary<Condition> any(int groups) {
    Arbitrary<Condition> comparison = comparison().withoutEdgeCases();
    if (groups == 0) {
      return comparison;
    }
    Arbitrary<List<Condition>> members = any(groups - 1).list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(comparison, members.map(All::new), members.map(Any::new));
  }

  private static Arbitrary<Condition> comparison() {
    return Arbitraries.of(RowFields.of(Book.class).all())
        .flatMap(
            field ->
                Arbitraries.oneOf(values(field), isNull(field), patterns(field))
                    .flatMap(
                        filter ->
                            Arbitraries.of(true, false)
                                .map(not -> not ? filter.negated() : filter)));
  }

  private static Arbitrary<Condition> values(RowField field) {
    Arbitrary<Operator> operators =
        field.many()
            ? Arbitraries.oneOf(Arbitraries.of(PLAIN), Arbitraries.just(Operator.WITHIN))
            : Arbitraries.of(PLAIN);
    return operators.flatMap(
        operator ->
            value(field)
                .list()
                .ofMinSize(1)
                .ofMaxSize(OF_SEVERAL.contains(operator) ? 3 : 1)
                .map(values -> new Filter(field.path(), operator, values)));
  }

  private static Arbitrary<Condition> isNull(RowField field) {
    return Arbitraries.of(true, false)
        .map(wanted -> new Filter(field.path(), Operator.IS_NULL, List.of(wanted)));
  }

  private static Arbitrary<Condition> patterns(RowField field) {
    if (!field.text()) {
      return values(field);
    }
    return Arbitraries.strings()
        .withChars("Bok num1*%_\\NVELs-")
        .ofMaxLength(6)
        .flatMap(
            pattern ->
                Arbitraries.of(Operator.LIKE, Operator.ILIKE)
                    .map(like -> new Filter(field.path(), like, List.of(pattern))));
  }

  /** Values of which many are those of {@code Books}. */
  private static Arbitrary<Object> value(RowField field) {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 13);
    return switch (field.type()) {
      case TEXT ->
          Arbitraries.oneOf(
              number.map(n -> "Book number " + n),
              number.map(n -> "note " + n),
              number.map(n -> "s-" + n),
              odd());
      case INTEGER -> number.map(n -> field.path().equals("pages") ? n * 10 : n);
      case BIGINT -> number.map(n -> n * 10_000_000_000L);
      case DECIMAL -> number.map(n -> new BigDecimal(n + ".50"));
      case DOUBLE -> number.map(n -> n / 4.0);
      case BOOLEAN -> Arbitraries.of(true, false);
      case TIMESTAMP ->
          number.map(n -> Instant.parse("2026-01-01T12:00:00.000001Z").plusSeconds(n));
      case DATE -> number.map(n -> LocalDate.of(2026, 1, n + 1));
      case UUID -> number.map(n -> new UUID(7, n));
      case ENUM -> Arbitraries.of(Book.Genre.values()).map(genre -> genre);
      case ARRAY, JSON -> throw new IllegalStateException("no values of its own: " + field);
    };
  }

  /** Texts of whole characters, of which many mean something to a grammar. */
  private static Arbitrary<String> odd() {
    return Arbitraries.of(
            "a",
            ",",
            "(",
            ")",
            "\"",
            "'",
            "\\",
            ".",
            "*",
            "%",
            ";",
            "-",
            "ü",
            "漢",
            "\uD83D\uDE00",
            " ")
        .list()
        .ofMaxSize(8)
        .map(all -> String.join("", all));
  }

  /** The condition as a member of a group. */
  public static String text(Condition condition) {
    return switch (condition) {
      case All all -> "and" + group(all.of());
      case Any any -> "or" + group(any.of());
      case Filter filter -> filter.column() + (filter.not() ? ".not." : ".") + value(filter);
    };
  }

  /** What is between the parentheses of a group, with them. */
  public static String group(List<Condition> members) {
    return members.stream().map(Conditions::text).collect(Collectors.joining(",", "(", ")"));
  }

  private static String value(Filter filter) {
    if (filter.operator() == Operator.IS_NULL) {
      return filter.values().contains(true) ? "is.null" : "is.not_null";
    }
    return switch (filter.operator()) {
      case IN -> "in." + list("(", filter, ")");
      case WITHIN -> "cd." + list("{", filter, "}");
      default ->
          filter.operator().name().toLowerCase(Locale.ROOT)
              + "."
              + quoted(filter.values().getFirst());
    };
  }

  private static String list(String open, Filter filter, String close) {
    return filter.values().stream()
        .map(Conditions::quoted)
        .collect(Collectors.joining(",", open, close));
  }

  private static String quoted(Object value) {
    return "\"" + ColumnValues.write(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
