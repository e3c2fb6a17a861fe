package dev.foldstream.schemas.codec;

/** A record with a value that its schema cannot hold, with the field named. */
public final class UnwritableRecordException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnwritableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
