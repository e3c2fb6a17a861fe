package dev.foldstream.topology.document;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a document.
 *
 * @param pointer where (RFC 6901); empty for the whole document
 * @param line of the document as it was sent, from 1, when it is known
 * @param column within the expression at the pointer, from 1, when one is concerned
 * @param message what was wanted and what was found
 * @param hint how to mend it, when that can be told
 */
public record Fault(
    String pointer,
    @Nullable Integer line,
    @Nullable Integer column,
    String message,
    @Nullable String hint) {

  public static Fault at(String pointer, String message) {
    return new Fault(pointer, null, null, message, null);
  }

  public static Fault at(String pointer, String message, @Nullable String hint) {
    return new Fault(pointer, null, null, message, hint);
  }

  public static Fault in(String pointer, int column, String message, @Nullable String hint) {
    return new Fault(pointer, null, column, message, hint);
  }

  public Fault onLine(@Nullable Integer found) {
    return new Fault(pointer, found, column, message, hint);
  }

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "/" : pointer)
        + (line == null ? "" : " line " + line)
        + (column == null ? "" : " column " + column)
        + ": "
        + message
        + (hint == null ? "" : " (" + hint + ")");
  }
}
