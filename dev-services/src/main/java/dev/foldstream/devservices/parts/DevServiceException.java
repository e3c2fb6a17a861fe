package dev.foldstream.devservices.parts;

/** A server did not start, did not stop, or is not ours; the message says how to mend it. */
public final class DevServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DevServiceException(String message) {
    super(message);
  }

  public DevServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
