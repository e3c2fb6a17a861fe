package dev.foldstream.eventstore.wire;

/** A header that cannot be what its name says. */
public final class InvalidHeaderException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidHeaderException(String header, String wanted, String found) {
    super("header %s must be %s; found %s".formatted(header, wanted, found));
  }
}
