package dev.foldstream.schemas.json;

import java.util.List;
import java.util.stream.Collectors;

/** A JSON text is not a value of the wanted type; all its faults. */
public final class InvalidJsonException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<JsonFault> faults;
  private final boolean malformed;

  InvalidJsonException(List<JsonFault> faults, boolean malformed) {
    this.faults = List.copyOf(faults);
    this.malformed = malformed;
    super(
        faults.stream()
            .map(fault -> "%s: %s".formatted(fault.pointer(), fault.detail()))
            .collect(Collectors.joining("; ")));
  }

  /** In the order of the text's type; at most {@link RecordJson#MAX_FAULTS}. */
  public List<JsonFault> faults() {
    return faults;
  }

  /** Whether the text is no JSON at all; there is one fault then, with line and column. */
  public boolean malformed() {
    return malformed;
  }
}
