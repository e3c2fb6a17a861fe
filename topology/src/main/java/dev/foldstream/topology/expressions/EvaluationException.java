package dev.foldstream.topology.expressions;

import org.jspecify.annotations.Nullable;

/** An expression has no value for one record. It says nothing about others. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Expression expression;

  EvaluationException(Expression expression, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.expression = expression;
  }

  public Expression expression() {
    return expression;
  }
}
