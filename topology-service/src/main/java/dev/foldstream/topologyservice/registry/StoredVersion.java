package dev.foldstream.topologyservice.registry;

import dev.foldstream.eventstore.topics.TopicNames;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a topology, never changed. This is the stored form.
 *
 * @param text the document as it was sent
 * @param digest SHA-256 of the text
 * @param application the version whose positions and state this one goes on with; itself, unless
 *     the change was in place
 * @param change how it differs from the version that was live
 * @param reasons why the change is of this class
 * @param views those that it makes; null in versions that were stored before there were any
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
    String storedBy,
    @Nullable List<StoredView> views) {

  public StoredVersion {
    reasons = List.copyOf(reasons);
    views = views == null ? null : List.copyOf(views);
  }

  /** A version that makes no views. */
  public StoredVersion(
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
    this(
        name,
        version,
        text,
        mediaType,
        digest,
        application,
        change,
        reasons,
        storedAt,
        storedBy,
        List.of());
  }

  /** The views that it makes. */
  public List<StoredView> made() {
    return views == null ? List.of() : views;
  }

  /** Where the rows of a view lie that it makes. */
  public String rows(StoredView view) {
    return TopicNames.candidate(TopicNames.viewRows(name, view.view()), application);
  }

  /** The Kafka Streams application it runs as. */
  public String applicationId() {
    return "foldstream.topology.%s-v%d".formatted(name, application);
  }
}
