package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.filters.ColumnValues.NoValueException;
import dev.foldstream.queryservice.filters.QueryText.MalformedException;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.rows.RowField;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code [not.]<operator>.<value>} of one field. */
final class ComparisonReader {

  static final String NOT = "not";

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "eq", Operator.EQ,
          "neq", Operator.NEQ,
          "gt", Operator.GT,
          "gte", Operator.GTE,
          "lt", Operator.LT,
          "lte", Operator.LTE,
          "like", Operator.LIKE,
          "ilike", Operator.ILIKE,
          "is", Operator.IS_NULL);
  private static final String NAMES =
      "eq, neq, gt, gte, lt, lte, like, ilike, in, is, and cs, cd, ov for lists";

  private static final String IS =
      "is.null or is.not_null, and a Boolean column is.true, is.false or is.unknown";

  private final String parameter;
  private final QueryText text;
  private final boolean toTheEnd;
  private final InvalidQuery invalid;

  /**
   * @param toTheEnd whether the value is all that is left of the text, quotes and commas included
   */
  ComparisonReader(String parameter, QueryText text, boolean toTheEnd, InvalidQuery invalid) {
    this.parameter = parameter;
    this.text = text;
    this.toTheEnd = toTheEnd;
    this.invalid = invalid;
  }

  /** Whether a field's name may be followed by this word. */
  static boolean follows(String word) {
    return word.equals(NOT) || isOperator(word);
  }

  private static boolean isOperator(String word) {
    return OPERATORS.containsKey(word) || ListReader.OPERATORS.contains(word);
  }

  /** Empty when the value does not fit the field, which is told; nothing of it is left unread. */
  Optional<Condition> read(Optional<RowField> field) throws MalformedException {
    boolean not = text.skip(NOT + ".");
    String word = operator();
    int at = text.at();
    Operator operator = OPERATORS.get(word);
    Optional<Condition> condition =
        operator == null
            ? new ListReader(parameter, text, invalid).read(word, field)
            : one(field, operator, toTheEnd ? text.rest() : text.value(), at);
    return not ? condition.map(Condition::negated) : condition;
  }

  private String operator() throws MalformedException {
    String ahead = text.plainAhead();
    int dot = ahead.indexOf('.');
    if (dot < 0 || !isOperator(ahead.substring(0, dot))) {
      throw text.malformed(
          "a filter is <operator>.<value> or not.<operator>.<value> with an operator of " + NAMES);
    }
    text.forward(dot + 1);
    return ahead.substring(0, dot);
  }

  private Optional<Condition> one(
      Optional<RowField> known, Operator operator, String value, int at) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    RowField field = known.get();
    try {
      return Optional.of(
          switch (operator) {
            case IS_NULL -> is(field, value);
            case LIKE, ILIKE -> new Filter(field.path(), operator, List.of(like(field, value)));
            case EQ, NEQ, GT, GTE, LT, LTE, IN, WITHIN ->
                new Filter(field.path(), operator, List.of(read(field, value)));
          });
    } catch (NoValueException wrong) {
      refuse(parameter, field, wrong, value, at, invalid);
      return Optional.empty();
    }
  }

  private static Object read(RowField field, String value) throws NoValueException {
    return ColumnValues.read(field.type(), field.javaType(), value);
  }

  private static String like(RowField field, String pattern) throws NoValueException {
    if (!field.text()) {
      throw new NoValueException(
          "no pattern: like and ilike compare texts, and it is of type " + field.type());
    }
    return ColumnValues.pattern(pattern);
  }

  private static Condition is(RowField field, String value) throws NoValueException {
    boolean truth = List.of("true", "false", "unknown").contains(value);
    if (truth && field.type() != ViewColumnType.BOOLEAN) {
      throw new NoValueException(IS);
    }
    return switch (value) {
      case "null", "unknown" -> isNull(field, true);
      case "not_null" -> isNull(field, false);
      case "true" -> isTruth(field, true);
      case "false" -> isTruth(field, false);
      default -> throw new NoValueException(IS);
    };
  }

  private static Filter isNull(RowField field, boolean value) {
    return new Filter(field.path(), Operator.IS_NULL, List.of(value));
  }

  /** Unlike {@code eq} it is never unknown, so its opposite holds for a row without a value. */
  private static Condition isTruth(RowField field, boolean value) {
    var equal = new Filter(field.path(), Operator.EQ, List.of(value));
    return field.nullable() ? new All(List.of(equal, isNull(field, false))) : equal;
  }

  static void refuse(
      String parameter,
      RowField field,
      NoValueException wrong,
      String found,
      int at,
      InvalidQuery invalid) {
    invalid.add(
        parameter,
        at,
        "'%s' takes %s; found '%s'"
            .formatted(field.path(), wrong.getMessage(), Fields.shortened(found)));
  }

  /** The conditions as one. */
  static Condition joined(boolean any, List<Condition> conditions) {
    return any ? new Any(conditions) : new All(conditions);
  }
}
