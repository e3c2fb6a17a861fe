package dev.foldstream.topology.document;

import java.util.List;

/** What was asked for, or everything that is wrong. */
public sealed interface Result<T> {

  record Good<T>(T value) implements Result<T> {}

  /**
   * Everything that is wrong.
   *
   * @param faults at least one, in the order of the document
   */
  record Faulty<T>(List<Fault> faults) implements Result<T> {
    public Faulty {
      faults = List.copyOf(faults);
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("a faulty result names at least one fault");
      }
    }
  }

  /** The value, for those who know that it is good. */
  default T orThrow() {
    return switch (this) {
      case Good<T>(var value) -> value;
      case Faulty<T>(var faults) -> throw new IllegalArgumentException(faults.toString());
    };
  }
}
