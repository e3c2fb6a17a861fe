package dev.foldstream.viewstore.rebuild;

/** What was asked is not possible in the present state. */
public final class RebuildRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RebuildRefusedException(String message) {
    super(message);
  }
}
