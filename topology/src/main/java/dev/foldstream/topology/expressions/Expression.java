package dev.foldstream.topology.expressions;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.math.BigDecimal;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** An expression that passed its checks. For all threads. */
public final class Expression {

  private final String text;
  private final String pointer;
  private final CelType type;
  private final Schema schema;
  private final CelRuntime.Program program;
  private final @Nullable Path path;
  private final @Nullable Shortcut shortcut;

  Expression(
      String text,
      String pointer,
      CelType type,
      Schema schema,
      CelRuntime.Program program,
      @Nullable Path path,
      @Nullable Shortcut shortcut) {
    this.text = text;
    this.pointer = pointer;
    this.type = type;
    this.schema = schema;
    this.program = program;
    this.path = path;
    this.shortcut = shortcut;
  }

  public String text() {
    return text;
  }

  /** Where it stands in the document. */
  public String pointer() {
    return pointer;
  }

  CelType type() {
    return type;
  }

  /** The type of its value in Avro. */
  public Schema schema() {
    return schema;
  }

  /** Its value in the form of its schema; null only where the schema has null. */
  public @Nullable Object value(Frame frame) {
    if (path != null) {
      Object value = path.read(frame);
      if (value == null && !schema.isNullable()) {
        throw new EvaluationException(this, "there is no value", null);
      }
      return value;
    }
    try {
      Object quick = shortcut == null ? null : shortcut.value(frame);
      return AvroValues.toAvro(schema, quick == null ? evaluate(frame) : quick);
    } catch (ArithmeticException | ClassCastException | java.time.DateTimeException fault) {
      throw new EvaluationException(this, words(fault), fault);
    }
  }

  /** Its value in the form of CEL: Long, Double, BigDecimal, String, Instant, lists. */
  public Object raw(Frame frame) {
    if (path != null) {
      Object value = path.read(frame);
      if (value == null) {
        throw new EvaluationException(this, "there is no value", null);
      }
      return AvroValues.toCel(path.schema(), value);
    }
    Object quick = shortcut == null ? null : shortcut.value(frame);
    if (quick instanceof BigDecimal decimal) {
      return Decimals.normal(decimal);
    }
    return quick == null ? evaluate(frame) : quick;
  }

  /** Whether a condition holds. */
  public boolean holds(Frame frame) {
    return raw(frame) instanceof Boolean holds && holds;
  }

  /** A text, such as a key. */
  public String string(Frame frame) {
    return raw(frame).toString();
  }

  private Object evaluate(Frame frame) {
    try {
      return program.eval((CelVariableResolver) frame);
    } catch (CelEvaluationException fault) {
      throw new EvaluationException(this, words(fault), fault);
    }
  }

  private static String words(Exception fault) {
    String message = String.valueOf(fault.getMessage());
    Throwable cause = fault.getCause();
    return cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
        ? message
        : message + ": " + cause.getMessage();
  }

  @Override
  public String toString() {
    return text;
  }
}
