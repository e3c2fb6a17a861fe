package dev.foldstream.topologyservice.answers;

import dev.foldstream.topologyservice.registry.StoredVersion;
import java.time.Instant;
import java.util.List;

/**
 * A stored version.
 *
 * @param change FIRST, NONE, IN_PLACE, NEW_STATE, REPLACED or RESET
 * @param applicationId of the state and positions it goes on with
 */
public record VersionAnswer(
    int version,
    String change,
    List<String> reasons,
    String applicationId,
    String digest,
    Instant storedAt,
    String storedBy) {

  static VersionAnswer of(StoredVersion stored) {
    return new VersionAnswer(
        stored.version(),
        stored.change(),
        stored.reasons(),
        stored.applicationId(),
        stored.digest(),
        stored.storedAt(),
        stored.storedBy());
  }
}
