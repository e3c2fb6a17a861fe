package dev.foldstream.schemas.codec;

import java.util.List;

/** A record class and a schema do not fit, with every place where they do not. */
public final class SchemaMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** One place: a field or a type, what was found in the schema, what the record wants. */
  public record Mismatch(String type, String field, String found, String wanted)
      implements java.io.Serializable {

    @Override
    public String toString() {
      return "%s%s: the schema says %s, the record wants %s"
          .formatted(type, field.isEmpty() ? "" : "." + field, found, wanted);
    }
  }

  private final transient List<Mismatch> mismatches;

  public SchemaMismatchException(Class<?> type, String schemaName, List<Mismatch> mismatches) {
    this.mismatches = List.copyOf(mismatches);
    super(
        "%s and the schema %s do not fit: %s"
            .formatted(
                type.getName(),
                schemaName,
                String.join("; ", mismatches.stream().map(Mismatch::toString).toList())));
  }

  public List<Mismatch> mismatches() {
    return mismatches;
  }
}
