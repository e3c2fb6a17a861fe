package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.filters.QueryText.MalformedException;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.rows.RowField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads filters in PostgREST's grammar: {@code <field>=<operator>.<value>}, and {@code or=(...)},
 * {@code and=(...)} of {@code <field>.<operator>.<value>}, which lie in each other to a bounded
 * depth. Any of them is turned round by {@code not.} before it.
 */
final class ConditionReader {

  private static final String AND = "and";
  private static final String OR = "or";
  private static final String NOT = ComparisonReader.NOT + ".";

  private final Fields fields;
  private final InvalidQuery invalid;
  private final List<Condition> conditions = new ArrayList<>();
  private int comparisons;

  ConditionReader(Fields fields, InvalidQuery invalid) {
    this.fields = fields;
    this.invalid = invalid;
  }

  /** Whether a parameter of this name holds a group of conditions. */
  static boolean isGroup(String parameter) {
    String name = parameter.startsWith(NOT) ? parameter.substring(NOT.length()) : parameter;
    return name.equals(AND) || name.equals(OR);
  }

  /** All that was read; every one must hold. */
  Condition all() {
    return conditions.size() == 1 ? conditions.getFirst() : new All(conditions);
  }

  /** Adds the comparisons of one field; {@code path} is the parameter without its prefix. */
  void comparisons(String parameter, String path, List<String> texts) {
    Optional<RowField> field = fields.comparable(parameter, 1, path);
    if (field.isEmpty()) {
      return;
    }
    for (String text : texts) {
      add(parameter, () -> top(parameter, field, new QueryText(text)));
    }
  }

  private Optional<Condition> top(String parameter, Optional<RowField> field, QueryText text)
      throws MalformedException {
    count(text);
    var condition = new ComparisonReader(parameter, text, true, invalid).read(field);
    if (!text.atEnd()) {
      throw text.malformed("the end was wanted");
    }
    return condition;
  }

  /** Adds the groups of a parameter that {@link #isGroup}. */
  void groups(String parameter, List<String> texts) {
    boolean not = parameter.startsWith(NOT);
    boolean any = parameter.endsWith(OR);
    for (String text : texts) {
      add(
          parameter,
          () -> {
            var group = new QueryText(text);
            var condition = group(parameter, group, any, 1);
            if (!group.atEnd()) {
              throw group.malformed("the end was wanted");
            }
            return not ? condition.map(Condition::negated) : condition;
          });
    }
  }

  /** Reads one parameter's condition. */
  @FunctionalInterface
  private interface Reading {
    Optional<Condition> read() throws MalformedException;
  }

  private void add(String parameter, Reading reading) {
    try {
      reading.read().ifPresent(conditions::add);
    } catch (MalformedException wrong) {
      invalid.add(parameter, wrong.at(), wrong.detail());
    }
  }

  private void count(QueryText text) throws MalformedException {
    comparisons++;
    if (comparisons > QueryBounds.MAX_CONDITIONS) {
      throw new MalformedException(
          text.at(), "a query has at most %d conditions".formatted(QueryBounds.MAX_CONDITIONS));
    }
  }

  private Optional<Condition> group(String parameter, QueryText text, boolean any, int depth)
      throws MalformedException {
    if (depth > QueryBounds.MAX_DEPTH) {
      throw new MalformedException(
          text.at(), "and and or lie at most %d deep".formatted(QueryBounds.MAX_DEPTH));
    }
    text.expect('(');
    var members = new ArrayList<Condition>();
    boolean whole = true;
    do {
      Optional<Condition> member = member(parameter, text, depth);
      member.ifPresent(members::add);
      whole &= member.isPresent();
    } while (text.skip(","));
    text.expect(')');
    return whole ? Optional.of(ComparisonReader.joined(any, members)) : Optional.empty();
  }

  private Optional<Condition> member(String parameter, QueryText text, int depth)
      throws MalformedException {
    boolean not = text.begins(NOT + AND + "(") || text.begins(NOT + OR + "(");
    if (not) {
      text.skip(NOT);
    }
    for (String word : List.of(AND, OR)) {
      if (text.begins(word + "(")) {
        text.skip(word);
        var group = group(parameter, text, word.equals(OR), depth + 1);
        return not ? group.map(Condition::negated) : group;
      }
    }
    count(text);
    int at = text.at();
    String path = path(text);
    return new ComparisonReader(parameter, text, false, invalid)
        .read(fields.comparable(parameter, at, path));
  }

  /**
   * The name before an operator. Names may have dots and be called like operators: the shortest
   * name that the view has is meant.
   */
  private String path(QueryText text) throws MalformedException {
    String ahead = text.plainAhead();
    int first = -1;
    for (int dot = ahead.indexOf('.'); dot > 0; dot = ahead.indexOf('.', dot + 1)) {
      int end = ahead.indexOf('.', dot + 1);
      if (end > 0 && ComparisonReader.follows(ahead.substring(dot + 1, end))) {
        first = first < 0 ? dot : first;
        if (fields.has(ahead.substring(0, dot))) {
          first = dot;
          break;
        }
      }
    }
    if (first < 0) {
      throw text.malformed("a condition is <column>.<operator>.<value>");
    }
    text.forward(first + 1);
    return ahead.substring(0, first);
  }
}
