package dev.foldstream.schemas.codec;

import org.apache.avro.AvroRuntimeException;

/**
 * A fault while writing, with the path of fields that leads to it. Not one of the exceptions that
 * Avro wraps on its way out.
 */
final class UnwritableField extends AvroRuntimeException {

  private static final long serialVersionUID = 1;

  private final String path;
  private final String fault;

  private UnwritableField(String path, String fault, Throwable cause) {
    this.path = path;
    this.fault = fault;
    super(path + ": " + fault, cause);
  }

  /** The fault, one field further out. */
  static UnwritableField in(String field, RuntimeException fault) {
    return fault instanceof UnwritableField inner
        ? new UnwritableField(field + "." + inner.path, inner.fault, inner)
        : new UnwritableField(field, words(fault), fault);
  }

  private static String words(RuntimeException fault) {
    return fault instanceof NullPointerException
        ? "null where the schema has no null"
        : String.valueOf(fault.getMessage());
  }
}
