package dev.foldstream.schemas.codec;

/** Bytes that are not a record of the wanted type, and why. */
public final class UnreadableRecordException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  UnreadableRecordException(String message) {
    super(message);
  }
}
