package dev.foldstream.topology.expressions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.foldstream.topology.document.Fault;
import java.util.ArrayList;
import java.util.List;

/** Literals that could be known to be wrong before the first record: patterns and decimals. */
final class LiteralCheck {

  private final CelAbstractSyntaxTree tree;
  private final String pointer;
  private final List<Fault> faults = new ArrayList<>();

  LiteralCheck(CelAbstractSyntaxTree tree, String pointer) {
    this.tree = tree;
    this.pointer = pointer;
    look(tree.getExpr());
  }

  List<Fault> faults() {
    return faults;
  }

  private void look(CelExpr expression) {
    switch (expression.getKind()) {
      case SELECT -> look(expression.select().operand());
      case CALL -> {
        call(expression.call());
        expression.call().target().ifPresent(this::look);
        expression.call().args().forEach(this::look);
      }
      case LIST -> expression.list().elements().forEach(this::look);
      case MAP -> expression.map().entries().forEach(entry -> look(entry.value()));
      case COMPREHENSION -> {
        var loop = expression.comprehension();
        look(loop.iterRange());
        look(loop.loopCondition());
        look(loop.loopStep());
        look(loop.result());
      }
      default -> {
        // Nothing within.
      }
    }
  }

  private void call(CelExpr.CelCall call) {
    if (call.args().isEmpty() || !text(call.args().getLast())) {
      return;
    }
    CelExpr last = call.args().getLast();
    String literal = last.constant().stringValue();
    try {
      if (call.function().equals("matches")) {
        Pattern.compile(literal);
      } else if (call.function().equals("decimal")) {
        Decimals.parse(literal);
      }
    } catch (PatternSyntaxException fault) {
      add(last, "not a regular expression of RE2: " + fault.getDescription());
    } catch (ArithmeticException | NumberFormatException _) {
      add(last, "'%s' is not a decimal such as 12.50".formatted(literal));
    }
  }

  private static boolean text(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private void add(CelExpr at, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(at.id());
    faults.add(Fault.in(pointer, offset == null ? 1 : offset + 1, message, null));
  }
}
