package dev.foldstream.commandservice.shadow;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;

/** What can be wrong with a request for a shadow run. */
final class ShadowProblems {

  private ShadowProblems() {}

  static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, pointer + ": " + detail)
        .fault(Fault.pointer(pointer, detail));
  }

  static ProblemException notSet() {
    return new ProblemException(
            ProblemType.NOT_POSSIBLE_NOW,
            "No jars are loaded here, because a jar's code runs in this process. Mend: put the jar into a folder that only operators can write to, set foldstream.shadow.jars to that folder, and start again")
        .fault(Fault.pointer("/candidate/jar", "wanted foldstream.shadow.jars; found it unset"));
  }
}
