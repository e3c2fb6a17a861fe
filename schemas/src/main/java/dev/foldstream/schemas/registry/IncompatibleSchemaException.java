package dev.foldstream.schemas.registry;

/** The registry refuses a schema because values stored earlier could not be read with it. */
public final class IncompatibleSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String subject;
  private final String reason;

  IncompatibleSchemaException(String subject, String reason) {
    this.subject = subject;
    this.reason = reason;
    super(
        "the schema is not compatible with what is stored under %s: %s".formatted(subject, reason));
  }

  public String subject() {
    return subject;
  }

  /** The fields at fault. */
  public String reason() {
    return reason;
  }
}
