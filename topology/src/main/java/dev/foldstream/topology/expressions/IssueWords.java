package dev.foldstream.topology.expressions;

import dev.cel.common.CelIssue;
import dev.cel.common.types.CelType;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Words;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What CEL finds, in our words and with a hint. */
final class IssueWords {

  private static final Pattern FIELD = Pattern.compile("undefined field '([^']+)'");
  private static final Pattern REFERENCE = Pattern.compile("undeclared reference to '([^']+)'");
  private static final int MAX_MESSAGE = 300;

  private IssueWords() {}

  static Fault fault(CelIssue issue, String text, String pointer, Scope scope, AvroTypes types) {
    String message = issue.getMessage();
    int candidates = message.indexOf(" (candidates:");
    String told = candidates < 0 ? message : message.substring(0, candidates);
    return Fault.in(
        pointer,
        column(text, issue),
        told.length() > MAX_MESSAGE ? told.substring(0, MAX_MESSAGE) + "..." : told,
        hint(message, scope, types));
  }

  /** Characters from the beginning of the expression, from 1. */
  private static int column(String text, CelIssue issue) {
    int offset = 0;
    for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
      int next = text.indexOf('\n', offset);
      if (next < 0) {
        break;
      }
      offset = next + 1;
    }
    return offset + Math.max(0, issue.getSourceLocation().getColumn()) + 1;
  }

  private static @Nullable String hint(String message, Scope scope, AvroTypes types) {
    var field = FIELD.matcher(message);
    if (field.find()) {
      return Words.didYouMean(field.group(1), types.fieldNames());
    }
    var reference = REFERENCE.matcher(message);
    if (reference.find()) {
      return reference(reference.group(1), scope);
    }
    if (message.contains("decimal, double") || message.contains("double, decimal")) {
      return "money does not mix with doubles: write decimal(\"1.50\") for the number";
    }
    if (message.contains("'_==_'") || message.contains("'_!=_'")) {
      return message.contains("null")
          ? "an optional field is absent rather than null: write has(event.field)"
          : "both sides have one type: convert one, for instance with decimal(...) or string(...)";
    }
    if (message.contains("'_/_'") && message.contains("decimal")) {
      return "say how many digits are wanted: divide(a, b, 2)";
    }
    return null;
  }

  private static @Nullable String reference(String name, Scope scope) {
    if (name.equals(Scope.CE)) {
      return "what flows in here is no single event any more, so it has no CloudEvents attributes";
    }
    var known = new ArrayList<>(scope.variables().keySet());
    if (scope.cloudEvents()) {
      known.add(Scope.CE);
    }
    return Words.didYouMean(name, known);
  }

  static @Nullable String hint(Wanted wanted, CelType type) {
    if (wanted == Wanted.TEXT) {
      return "write string(...) around it";
    }
    return wanted == Wanted.CONDITION ? "compare it with something" : null;
  }
}
