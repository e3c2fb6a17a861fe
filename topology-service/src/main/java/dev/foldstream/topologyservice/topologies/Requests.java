package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of addresses. */
final class Requests {

  private Requests() {}

  /** The first word when nothing was sent. */
  static String oneOf(String parameter, @Nullable String found, String... words) {
    if (found == null) {
      return words[0];
    }
    if (List.of(words).contains(found)) {
      return found;
    }
    String detail =
        "'%s' is one of %s; found '%s'".formatted(parameter, String.join(", ", words), found);
    throw new ProblemException(ProblemType.INVALID_REQUEST, detail)
        .fault(Fault.parameter(parameter, detail));
  }

  static int between(String parameter, @Nullable Integer found, int usual, int most) {
    int number = found == null ? usual : found;
    if (number < 1 || number > most) {
      String detail = "'%s' is a number from 1 to %d; found %d".formatted(parameter, most, number);
      throw new ProblemException(ProblemType.INVALID_REQUEST, detail)
          .fault(Fault.parameter(parameter, detail));
    }
    return number;
  }
}
