package dev.foldstream.queryservice.filters;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a query, so that a caller learns all of it at once. */
final class InvalidQuery {

  private static final int MAX_FAULTS = 50;
  private static final int MAX_NAME = 100;

  /** The place of a fault that is one of the whole value. */
  private static final int BEGINNING = 1;

  private final List<Fault> faults = new ArrayList<>();

  /** A fault of the whole value of a parameter. */
  void add(String parameter, String detail) {
    add(parameter, BEGINNING, detail);
  }

  /** Beyond {@link #MAX_FAULTS} a fault is not told any more. */
  void add(String parameter, int at, String detail) {
    if (faults.size() < MAX_FAULTS) {
      String name = parameter.length() <= MAX_NAME ? parameter : parameter.substring(0, MAX_NAME);
      faults.add(Fault.parameter(name, at, detail));
    }
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /** Ends the request when anything was wrong. */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw problem();
    }
  }

  private ProblemException problem() {
    String more = faults.size() == 1 ? "" : " (and %d more)".formatted(faults.size() - 1);
    return new ProblemException(ProblemType.INVALID_QUERY, faults.getFirst().detail() + more)
        .faults(faults);
  }
}
