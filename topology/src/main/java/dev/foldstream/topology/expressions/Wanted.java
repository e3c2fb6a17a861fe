package dev.foldstream.topology.expressions;

/** What an expression has to give. */
public enum Wanted {
  CONDITION("a condition (bool)"),
  TEXT("a text (string)"),
  NUMBER("a number (int, double or decimal)"),
  /** A number whose digits after the point do not matter, because it is only looked at. */
  MEASURE("a number (int, double or decimal)"),
  COMPARABLE("something that has an order (a number, a text, a timestamp)"),
  LIST("a list"),
  ANY("a value");

  private final String words;

  Wanted(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
