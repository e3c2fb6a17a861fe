package dev.foldstream.queryservice.waits;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.journal.JournalEntry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How old the oldest event is that a view lacks, as far as the journal knows it. */
@Singleton
final class Delays {

  private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

  private final ViewStores stores;

  Delays(ViewStores stores) {
    this.stores = stores;
  }

  /**
   * In seconds; empty when no journal is kept, or it lacks these events, too.
   *
   * @param behind the partitions that lack events
   */
  OptionalLong seconds(
      Map<TopicPartitionName, Position> positions, Collection<TopicPartitionName> behind) {
    if (!stores.hasJournal()) {
      return OptionalLong.empty();
    }
    try {
      return behind.stream()
          .map(it -> next(it, positions.getOrDefault(it, Position.START)))
          .flatMap(Optional::stream)
          .mapToLong(entry -> age(entry.recordedAt()))
          .max();
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("How long a view is behind is not known: {}", away.getMessage());
      return OptionalLong.empty();
    }
  }

  private Optional<JournalEntry> next(TopicPartitionName partition, Position position) {
    return stores.journal().entries().at(partition, position.sequence() + 1);
  }

  private static long age(Instant recorded) {
    return Math.max(0, Duration.between(recorded, Instant.now()).toSeconds());
  }
}
