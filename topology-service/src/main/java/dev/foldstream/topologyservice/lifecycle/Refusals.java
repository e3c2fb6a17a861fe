package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.topologyservice.compiling.FaultyTopologyException;
import dev.foldstream.topologyservice.registry.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered when something cannot be done. */
public final class Refusals {

  private Refusals() {}

  public static ProblemException faulty(FaultyTopologyException faulty) {
    List<Fault> faults = faulty.faults().stream().map(Refusals::fault).toList();
    return new ProblemException(
            ProblemType.INVALID_TOPOLOGY,
            "The topology has %d faults; nothing was stored. The first: %s"
                .formatted(faults.size(), faulty.faults().getFirst()))
        .faults(faults);
  }

  public static Fault fault(dev.foldstream.topology.document.Fault found) {
    return new Fault(
        found.pointer(), null, null, found.message(), found.line(), found.column(), found.hint());
  }

  static ProblemException notNow(String detail) {
    return new ProblemException(ProblemType.NOT_POSSIBLE_NOW, detail);
  }

  /** The entry, unless there is none or it was deleted. */
  public static Entry existing(String name, @Nullable Entry entry) {
    if (entry == null || entry.head().deleted()) {
      throw new ProblemException(
          ProblemType.UNKNOWN_TOPOLOGY,
          "wanted a registered topology; found none named '%s'. GET /topologies lists them"
              .formatted(name));
    }
    return entry;
  }
}
