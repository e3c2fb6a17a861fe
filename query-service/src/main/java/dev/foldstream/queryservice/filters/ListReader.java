package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.filters.ColumnValues.NoValueException;
import dev.foldstream.queryservice.filters.QueryText.MalformedException;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.rows.RowField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what compares a field to several values: {@code in.(a,b)} of every field; of one in a list
 * {@code cs.{a,b}} (it has all of these), {@code ov.{a,b}} (it has one of these), and {@code
 * cd.{a,b}} (it has none but these).
 */
final class ListReader {

  private static final String IN = "in";
  private static final String CONTAINS = "cs";
  private static final String CONTAINED = "cd";
  private static final String OVERLAPS = "ov";

  /** The words before the values. */
  static final Set<String> OPERATORS = Set.of(IN, CONTAINS, CONTAINED, OVERLAPS);

  private final String parameter;
  private final QueryText text;
  private final InvalidQuery invalid;

  ListReader(String parameter, QueryText text, InvalidQuery invalid) {
    this.parameter = parameter;
    this.text = text;
    this.invalid = invalid;
  }

  /** Empty when the values do not fit the field, which is told; nothing of them is left unread. */
  Optional<Condition> read(String operator, Optional<RowField> known) throws MalformedException {
    int at = text.at();
    int most =
        operator.equals(CONTAINS) || operator.equals(CONTAINED)
            ? QueryBounds.MAX_SET
            : QueryBounds.MAX_LIST;
    List<String> texts =
        operator.equals(IN) ? text.list('(', ')', most) : text.list('{', '}', most);
    if (texts.isEmpty() || texts.size() > most) {
      String form = operator.equals(IN) ? "(a,b,\"c,d\")" : "{a,b,\"c,d\"}";
      invalid.add(
          parameter,
          at,
          "%s takes 1 to %d values as %s.%s".formatted(operator, most, operator, form));
      text.rest();
      return Optional.empty();
    }
    return known
        .filter(field -> isFit(field, operator, at))
        .flatMap(field -> values(field, texts, at).map(all -> condition(field, operator, all)));
  }

  private boolean isFit(RowField field, String operator, int at) {
    boolean fit = operator.equals(IN) || field.many();
    if (!fit) {
      invalid.add(
          parameter,
          at,
          "cs, cd and ov compare lists, and '%s' has one value; take in.(a,b)"
              .formatted(field.path()));
    }
    return fit;
  }

  private Optional<List<Object>> values(RowField field, List<String> texts, int at) {
    var values = new ArrayList<Object>();
    for (String value : texts) {
      try {
        values.add(ColumnValues.read(field.type(), field.javaType(), value));
      } catch (NoValueException wrong) {
        ComparisonReader.refuse(parameter, field, wrong, value, at, invalid);
      }
    }
    return values.size() == texts.size() ? Optional.of(values) : Optional.empty();
  }

  private static Condition condition(RowField field, String operator, List<Object> values) {
    return switch (operator) {
      case CONTAINS ->
          new All(
              values.stream()
                  .map(one -> (Condition) new Filter(field.path(), Operator.EQ, List.of(one)))
                  .toList());
      case CONTAINED -> new Filter(field.path(), Operator.WITHIN, values);
      default -> new Filter(field.path(), Operator.IN, values);
    };
  }
}
