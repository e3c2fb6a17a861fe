package dev.foldstream.viewstore;

/**
 * The store behind a view did not answer: a caller may try again, nothing was changed by a read.
 */
public final class ViewStoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ViewStoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
