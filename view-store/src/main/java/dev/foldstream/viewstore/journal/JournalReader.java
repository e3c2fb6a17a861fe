package dev.foldstream.viewstore.journal;

import dev.foldstream.kernel.TopicPartitionName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal. Thread-safe; every call may block on the store.
 *
 * <ol>
 *   <li>A journal that no projector has prepared yet is empty.
 *   <li>How far it came is the positions of its view; entries read after them hold at least as
 *       much.
 *   <li>A store that does not answer throws {@link
 *       dev.foldstream.viewstore.ViewStoreUnavailableException}.
 * </ol>
 */
public interface JournalReader {

  /** Entries of one answer at most. */
  int MAX_ENTRIES = 2_000;

  /** The entries of an aggregate from this version on, in order of version. */
  List<JournalEntry> from(String topic, String id, long version, int limit);

  /** The entries of an aggregate from this version back, the newest first. */
  List<JournalEntry> backFrom(String topic, String id, long version, int limit);

  /** The entry in this place of a partition. */
  Optional<JournalEntry> at(TopicPartitionName partition, long sequence);

  /** What belongs together, in the order in which it was recorded. */
  List<JournalEntry> correlated(String correlationId, int limit);

  /** The events of one command. */
  List<JournalEntry> ofCommand(String commandId, int limit);

  /** Any entries of these topics, in order of topic, id and version. */
  List<JournalEntry> scan(Collection<String> topics, @Nullable Place after, int limit);

  /** An entry by its key. */
  record Place(String topic, String id, long version) {
    public static Place of(JournalEntry entry) {
      return new Place(entry.topic(), entry.id(), entry.version());
    }
  }
}
