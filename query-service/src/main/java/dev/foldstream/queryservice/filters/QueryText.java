package dev.foldstream.queryservice.filters;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a parameter, read from left to right. Values end at a comma or what closes their
 * list; in double quotes they may hold both, and quotes and backslashes after a backslash.
 */
final class QueryText {

  /** The text is not of the form that was wanted. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int at;

    MalformedException(int at, String detail) {
      super(detail, null, false, false);
      this.at = at;
    }

    /** Where, from 1 on. */
    int at() {
      return at;
    }

    String detail() {
      return String.valueOf(getMessage());
    }
  }

  private final String text;
  private int next;

  QueryText(String text) {
    this.text = text;
  }

  /** The place of the next character, from 1 on. */
  int at() {
    return next + 1;
  }

  boolean atEnd() {
    return next == text.length();
  }

  boolean begins(String beginning) {
    return text.startsWith(beginning, next);
  }

  /** Goes over this text when it comes next. */
  boolean skip(String wanted) {
    if (!begins(wanted)) {
      return false;
    }
    next += wanted.length();
    return true;
  }

  void expect(char wanted) throws MalformedException {
    if (!skip(String.valueOf(wanted))) {
      throw malformed("'" + wanted + "' was wanted");
    }
  }

  MalformedException malformed(String wanted) {
    return new MalformedException(
        at(), "%s; found '%s'".formatted(wanted, Fields.shortened(text.substring(next))));
  }

  /** Everything that is left. */
  String rest() {
    String rest = text.substring(next);
    next = text.length();
    return rest;
  }

  /** What is left up to the next comma, parenthesis or quote; nothing is gone over. */
  String plainAhead() {
    int end = next;
    while (end < text.length() && ",()\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(next, end);
  }

  void forward(int characters) {
    next += characters;
  }

  /** A value in quotes, or one up to the next comma or closing parenthesis. */
  String value() throws MalformedException {
    return value(')');
  }

  private String value(char close) throws MalformedException {
    if (skip("\"")) {
      return quoted();
    }
    int end = next;
    while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != close) {
      end++;
    }
    String value = text.substring(next, end);
    next = end;
    return value;
  }

  private String quoted() throws MalformedException {
    var value = new StringBuilder();
    while (next < text.length()) {
      char c = text.charAt(next++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && next < text.length()) {
        c = text.charAt(next++);
      }
      value.append(c);
    }
    throw malformed("a closing \" was wanted");
  }

  /** The values of {@code (a,b,"c,d")}, or between others; at most one more than {@code most}. */
  List<String> list(char open, char close, int most) throws MalformedException {
    expect(open);
    var values = new ArrayList<String>();
    if (skip(String.valueOf(close))) {
      return values;
    }
    do {
      values.add(value(close));
    } while (values.size() <= most && skip(","));
    if (values.size() <= most) {
      expect(close);
    }
    return values;
  }
}
