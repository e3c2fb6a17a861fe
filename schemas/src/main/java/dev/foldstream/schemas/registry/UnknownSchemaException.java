package dev.foldstream.schemas.registry;

/** The registry has no schema with this id. */
public final class UnknownSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int id;

  public UnknownSchemaException(int id) {
    this.id = id;
    super("the schema registry has no schema with the id " + id);
  }

  public int id() {
    return id;
  }
}
