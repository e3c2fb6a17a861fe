package dev.foldstream.schemas.wire;

import org.jspecify.annotations.Nullable;

/** The bytes of a value are not a record that is known here, and never will be by trying again. */
public final class UnreadableValueException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String reason;

  UnreadableValueException(String reason, @Nullable Throwable cause) {
    this.reason = reason;
    super(reason, cause);
  }

  public String reason() {
    return reason;
  }
}
