package dev.foldstream.viewstore;

/**
 * A row is not as it was loaded, because another partition's owner changed it meanwhile. No
 * position was moved; load, fold and commit again.
 */
public final class RowConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RowConflictException(String message) {
    super(message);
  }

  public RowConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
