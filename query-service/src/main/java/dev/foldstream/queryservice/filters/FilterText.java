package dev.foldstream.queryservice.filters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list of {@code in.(a,b,"c,d")}: values are parted by commas; in double quotes a value may
 * hold commas and parentheses, and quotes and backslashes after a backslash.
 */
final class FilterText {

  private final String text;
  private final List<String> values = new ArrayList<>();
  private int at;

  private FilterText(String text) {
    this.text = text;
  }

  /** The values, or empty when the text is not a list in parentheses. */
  static Optional<List<String>> list(String text) {
    if (text.length() < 2 || !text.startsWith("(") || !text.endsWith(")")) {
      return Optional.empty();
    }
    var parser = new FilterText(text.substring(1, text.length() - 1));
    return parser.parse() ? Optional.of(List.copyOf(parser.values)) : Optional.empty();
  }

  private boolean parse() {
    if (text.isEmpty()) {
      return true;
    }
    while (true) {
      boolean inQuotes = at < text.length() && text.charAt(at) == '"';
      boolean read = inQuotes ? quoted() : plain();
      if (!read) {
        return false;
      }
      if (at == text.length()) {
        return true;
      }
      if (text.charAt(at) != ',') {
        return false;
      }
      at++;
    }
  }

  private boolean plain() {
    int end = text.indexOf(',', at);
    int stop = end < 0 ? text.length() : end;
    values.add(text.substring(at, stop));
    at = stop;
    return true;
  }

  private boolean quoted() {
    var value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        values.add(value.toString());
        at = i + 1;
        return true;
      }
      if (c == '\\') {
        i++;
        if (i == text.length()) {
          return false;
        }
        c = text.charAt(i);
      }
      value.append(c);
    }
    return false;
  }
}
