package dev.foldstream.topologyservice.answers;

import dev.foldstream.host.problem.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a document that is not stored.
 *
 * @param name null when it cannot be told
 * @param plan null when the document is not valid
 */
public record CheckedAnswer(
    boolean valid, @Nullable String name, List<FaultAnswer> errors, @Nullable PlanAnswer plan) {

  /** One thing that is wrong. */
  public record FaultAnswer(
      @Nullable String pointer,
      @Nullable Integer line,
      @Nullable Integer column,
      String detail,
      @Nullable String hint) {

    public static FaultAnswer of(Fault fault) {
      return new FaultAnswer(
          fault.pointer(), fault.line(), fault.column(), fault.detail(), fault.hint());
    }
  }
}
