package dev.foldstream.topologyservice.registry;

import java.time.Instant;
import java.util.List;

/**
 * One version of a topology, never changed. This is the stored form.
 *
 * @param text the document as it was sent
 * @param digest SHA-256 of the text
 * @param application the version whose positions and state this one goes on with; itself, unless
 *     the change was in place
 * @param change how it differs from the version that was live
 * @param reasons why the change is of this class
 */
public record StoredVersion(
    String name,
    int version,
    String text,
    String mediaType,
    String digest,
    int application,
    String change,
    List<String> reasons,
    Instant storedAt,
    String storedBy) {

  public StoredVersion {
    reasons = List.copyOf(reasons);
  }

  /** The Kafka Streams application it runs as. */
  public String applicationId() {
    return "foldstream.topology.%s-v%d".formatted(name, application);
  }
}
