package dev.foldstream.schemas.types;

/** A Java type that neither a schema nor JSON can say, and where it was found. */
public final class UnsupportedTypeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public UnsupportedTypeException(String where, String fault) {
    super(where + ": " + fault);
  }
}
