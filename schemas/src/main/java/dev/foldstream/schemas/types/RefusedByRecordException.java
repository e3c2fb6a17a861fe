package dev.foldstream.schemas.types;

/** The constructor of a record threw: these values are not one. */
public final class RefusedByRecordException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What to tell a caller: the constructor's own words when it refused an argument. */
  private final String reason;

  RefusedByRecordException(Class<?> type, Throwable cause) {
    var message = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
    this.reason = message == null ? type.getSimpleName() + " does not take these values" : message;
    super(type.getName() + " refuses the values: " + cause, cause);
  }

  public String reason() {
    return reason;
  }
}
