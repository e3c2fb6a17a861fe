package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import org.jspecify.annotations.Nullable;

/** The version that a request is about. */
final class Versions {

  private Versions() {}

  /** The live one when none is named. */
  static StoredVersion of(Entry entry, @Nullable Integer number) {
    StoredVersion found = number == null ? entry.live() : entry.version(number);
    if (found == null) {
      throw new ProblemException(
          ProblemType.UNKNOWN_TOPOLOGY,
          "wanted version %s of '%s'; found versions %s"
              .formatted(
                  number == null ? "that is live" : number,
                  entry.name(),
                  entry.versions().keySet()));
    }
    return found;
  }
}
