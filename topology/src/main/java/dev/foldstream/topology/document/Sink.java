package dev.foldstream.topology.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where results go. */
public sealed interface Sink {

  /** A step or a source. */
  String from();

  /** An expression for the key; null to keep the key of what comes in. */
  @Nullable String key();

  /**
   * A topic.
   *
   * @param partitions of the topic when it is created; null for as many as the source has
   */
  record Topic(String from, String topic, @Nullable String key, @Nullable Integer partitions)
      implements Sink {}

  /**
   * A view that the projector keeps and the query-service serves.
   *
   * @param stores {@code postgresql}, {@code elasticsearch} or both
   * @param indexes fields to filter and order by
   */
  record View(
      String from, String view, @Nullable String key, List<String> stores, List<String> indexes)
      implements Sink {}
}
