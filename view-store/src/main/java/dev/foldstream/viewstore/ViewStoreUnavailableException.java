package dev.foldstream.viewstore;

/**
 * The store behind a view did not answer: a caller may try again, nothing was changed by a read.
 */
public sealed class ViewStoreUnavailableException extends RuntimeException
    permits VersionSwitchException {
  private static final long serialVersionUID = 1L;

  public ViewStoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
