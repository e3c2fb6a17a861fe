package dev.foldstream.schemas.files;

import java.util.List;

/** Schema files are missing or do not fit their records; all of them at once. */
public final class SchemaFilesException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  SchemaFilesException(List<String> faults) {
    this.faults = List.copyOf(faults);
    super(
        "%d schema files are missing or do not fit: %s"
            .formatted(faults.size(), String.join("; ", faults)));
  }

  public List<String> faults() {
    return faults;
  }
}
