package dev.foldstream.topologyservice.answers;

import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import java.util.List;

/**
 * What became of a document that was sent to be registered.
 *
 * @param stored false when it is the text of a version that is there already
 * @param change FIRST, NONE, IN_PLACE, NEW_STATE or REPLACED
 * @param role {@code live} or {@code candidate}
 * @param next what happens now, in words
 */
public record RegisteredAnswer(
    String name,
    int version,
    boolean stored,
    String change,
    List<String> reasons,
    String role,
    String next,
    PlanAnswer plan) {

  public static RegisteredAnswer of(
      Entry entry, StoredVersion version, boolean stored, PlanAnswer plan) {
    boolean candidate = Integer.valueOf(version.version()).equals(entry.head().candidate());
    return new RegisteredAnswer(
        entry.name(),
        version.version(),
        stored,
        version.change(),
        version.reasons(),
        candidate ? "candidate" : "live",
        next(entry, version, stored, candidate),
        plan);
  }

  private static String next(
      Entry entry, StoredVersion version, boolean stored, boolean candidate) {
    if (!stored) {
      return "nothing: version %d has the same text".formatted(version.version());
    }
    if (candidate) {
      return "it runs beside version %d and writes <topic>-v%d; POST /topologies/%s/promote makes it live"
          .formatted(entry.head().live(), version.version(), entry.name());
    }
    return "it is live, and %s"
        .formatted(entry.head().desired().name().toLowerCase(java.util.Locale.ROOT));
  }
}
