package dev.foldstream.viewstore;

import dev.foldstream.kernel.TopicPartitionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, the quarantine and the pause of views in one store. Thread-safe; every call may block
 * on the store.
 *
 * <ol>
 *   <li>Counts and entries change with the positions of the commit that carries them, or not at
 *       all. A store without transactions writes entries first: one whose event is beyond the
 *       position was never confirmed, is told by {@code open} to nobody, and is gone after it.
 *   <li>{@code open} answers what the last commit left, at once, in order of sequence.
 *   <li>{@code request} is heard only by an entry that is open; asking twice is asking once more.
 *   <li>A pause survives every restart and a change of the version. It is told by {@code control}
 *       within two seconds.
 * </ol>
 */
public interface ViewOperations {

  /** Every partition of the view. */
  Map<TopicPartitionName, PartitionLedger> ledger(ViewVersion version);

  /** What is held or poison in this partition, whose owner asks. */
  List<QuarantineEntry> open(ViewVersion version, TopicPartitionName partition);

  /** All entries, discarded ones too, in order of topic, partition and sequence. */
  List<QuarantineEntry> page(
      ViewVersion version, int limit, QuarantineEntry.@Nullable Boundary after);

  Optional<QuarantineEntry> entry(ViewVersion version, String id);

  /** Asks the owner of the partition to do it; false when there is no such open entry. */
  boolean request(ViewVersion version, String id, QuarantineRequest request);

  void pause(ViewDefinition view, ViewPause pause);

  void resume(ViewDefinition view);

  Optional<ViewPause> paused(ViewDefinition view);

  ViewControl control(ViewVersion version);
}
