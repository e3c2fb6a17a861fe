package dev.foldstream.topology.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * How many digits after the point the result of an expression can have. Empty when the expression
 * does not tell.
 */
final class DecimalScales {

  private final CelAbstractSyntaxTree tree;
  private final Map<String, List<Schema>> variables;

  private DecimalScales(CelAbstractSyntaxTree tree, Map<String, List<Schema>> variables) {
    this.tree = tree;
    this.variables = new HashMap<>(variables);
  }

  static OptionalInt of(CelAbstractSyntaxTree tree, Map<String, List<Schema>> variables) {
    return new DecimalScales(tree, variables).scale(tree.getExpr());
  }

  private OptionalInt scale(CelExpr expression) {
    if (tree.getType(expression.id()).filter(SimpleType.INT::equals).isPresent()) {
      return OptionalInt.of(0);
    }
    var path = Path.of(expression, variables);
    if (path != null) {
      return ofSchema(AvroValues.withoutNull(path.schema()));
    }
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL
        ? ofCall(expression.call())
        : OptionalInt.empty();
  }

  private static OptionalInt ofSchema(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? OptionalInt.of(decimal.getScale())
        : OptionalInt.empty();
  }

  private OptionalInt ofCall(CelExpr.CelCall call) {
    List<CelExpr> arguments = call.args();
    return switch (call.function()) {
      case "_+_", "_-_" -> largest(arguments.get(0), arguments.get(1));
      case "_?_:_" -> largest(arguments.get(1), arguments.get(2));
      case "-_" -> scale(arguments.getFirst());
      case "_*_" -> {
        var one = scale(arguments.get(0));
        var other = scale(arguments.get(1));
        yield one.isPresent() && other.isPresent()
            ? OptionalInt.of(one.getAsInt() + other.getAsInt())
            : OptionalInt.empty();
      }
      case "round", "divide" -> constant(arguments.getLast());
      case "decimal" -> ofLiteral(arguments.getFirst());
      case "sum" -> call.target().map(this::ofElements).orElseGet(OptionalInt::empty);
      case "orValue" ->
          call.target().isPresent()
              ? largest(optionalOperand(call.target().get()), arguments.getFirst())
              : OptionalInt.empty();
      default -> OptionalInt.empty();
    };
  }

  /** Of {@code a.?b}, which is a call of {@code _?._} with the name as its second argument. */
  private static CelExpr optionalOperand(CelExpr expression) {
    if (expression.getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals("_?._")) {
      var arguments = expression.call().args();
      return CelExpr.ofSelect(
          expression.id(), arguments.get(0), arguments.get(1).constant().stringValue(), false);
    }
    return expression;
  }

  private OptionalInt largest(CelExpr one, CelExpr other) {
    var first = scale(one);
    var second = scale(other);
    return first.isPresent() && second.isPresent()
        ? OptionalInt.of(Math.max(first.getAsInt(), second.getAsInt()))
        : OptionalInt.empty();
  }

  private static OptionalInt constant(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
        ? OptionalInt.of((int) expression.constant().int64Value())
        : OptionalInt.empty();
  }

  private OptionalInt ofLiteral(CelExpr argument) {
    if (argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      try {
        var value = Decimals.parse(argument.constant().stringValue());
        return OptionalInt.of(Math.max(0, value.scale()));
      } catch (ArithmeticException | NumberFormatException _) {
        return OptionalInt.empty();
      }
    }
    return scale(argument);
  }

  /** Of the elements of a list: one that is there, or one that the macro {@code map} makes. */
  private OptionalInt ofElements(CelExpr list) {
    var path = Path.of(list, variables);
    if (path != null && AvroValues.withoutNull(path.schema()).getType() == Schema.Type.ARRAY) {
      return ofSchema(AvroValues.withoutNull(path.schema()).getElementType());
    }
    if (list.getKind() != CelExpr.ExprKind.Kind.COMPREHENSION) {
      return OptionalInt.empty();
    }
    var loop = list.comprehension();
    var range = Path.of(loop.iterRange(), variables);
    if (range == null || AvroValues.withoutNull(range.schema()).getType() != Schema.Type.ARRAY) {
      return OptionalInt.empty();
    }
    variables.put(loop.iterVar(), List.of(AvroValues.withoutNull(range.schema()).getElementType()));
    return appended(loop.loopStep());
  }

  private OptionalInt appended(CelExpr step) {
    if (step.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return OptionalInt.empty();
    }
    var arguments = step.call().args();
    if (step.call().function().equals("_?_:_")) {
      return appended(arguments.get(1));
    }
    CelExpr added = arguments.getLast();
    return step.call().function().equals("_+_")
            && added.getKind() == CelExpr.ExprKind.Kind.LIST
            && added.list().elements().size() == 1
        ? scale(added.list().elements().getFirst())
        : OptionalInt.empty();
  }
}
