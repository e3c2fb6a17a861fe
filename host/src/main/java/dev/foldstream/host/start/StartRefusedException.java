package dev.foldstream.host.start;

/**
 * A host must not start like this. The message is all that is shown, so it says what was wanted,
 * what was found and how to mend it.
 */
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartRefusedException(String message) {
    super(message);
  }

  public StartRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
