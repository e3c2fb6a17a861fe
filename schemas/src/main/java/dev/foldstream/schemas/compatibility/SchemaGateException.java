package dev.foldstream.schemas.compatibility;

import java.util.List;

/** Schema files have changed in a way that makes stored values unreadable; every fault. */
public final class SchemaGateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  SchemaGateException(List<String> faults) {
    this.faults = List.copyOf(faults);
    super(
        "schema files are not compatible with what was released:%n  %s"
            .formatted(String.join("%n  ".formatted(), faults)));
  }

  public List<String> faults() {
    return faults;
  }
}
