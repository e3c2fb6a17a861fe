package dev.foldstream.schemas.wire;

/** A value cannot be written, because the registry does not have its schema under its subject. */
public final class UnregisteredSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String subject;

  UnregisteredSchemaException(String subject) {
    this.subject = subject;
    super(
        "the schema registry does not have this version of the schema of %s; register it in a deployment step, or let the host do it at start"
            .formatted(subject));
  }

  public String subject() {
    return subject;
  }
}
