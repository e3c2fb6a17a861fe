package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.expressions.Expression;
import java.util.List;
import java.util.Map;

/**
 * A step whose expressions were checked.
 *
 * @param inputs in the order of the step's inputs
 * @param roles expressions by what they are for, such as {@code where} or {@code key}
 * @param fields expressions of the fields it makes, or of the calculations of an aggregate, or the
 *     conditions of branches; in order
 */
public record CheckedStep(
    String id,
    Step step,
    List<Flow> inputs,
    Map<String, Expression> roles,
    Map<String, Expression> fields,
    Flow output) {

  public static final String WHERE = "where";
  public static final String KEY = "key";
  public static final String EACH = "each";
  public static final String ID = "id";
  public static final String MESSAGE = "message";

  public Flow input() {
    return inputs.getFirst();
  }

  /** An expression that the kind of step always has. */
  public Expression role(String name) {
    Expression found = roles.get(name);
    if (found == null) {
      throw new IllegalStateException("the step %s has no %s".formatted(id, name));
    }
    return found;
  }
}
