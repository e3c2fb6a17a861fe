package dev.foldstream.viewstore;

import dev.foldstream.kernel.TopicPartitionName;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Where a projector keeps views. Thread-safe; every call may block on the store.
 *
 * <ol>
 *   <li>{@code prepare} makes what is missing and changes nothing that is there; several hosts may
 *       call it at once, and again.
 *   <li>{@code prepare} refuses a view whose kept form no longer fits its declaration, with {@link
 *       ViewShapeException}; other views are not concerned.
 *   <li>{@code positions} names every partition of the view, with the start for one never claimed.
 *   <li>{@code claim} makes the caller the only owner of the partitions: every epoch handed out
 *       before is void.
 *   <li>{@code load} answers what the last commit left, at once, and names only the keys it knows.
 *   <li>{@code commit} moves a position only from the value that is expected and only for the epoch
 *       that holds it. Otherwise it throws {@link PositionConflictException}, and no position was
 *       moved.
 *   <li>{@code commit} never overwrites a row that is not as it was loaded: it throws {@link
 *       RowConflictException} and moves no position. The caller loads, folds and commits again.
 *   <li>Rows and positions are either written together, or a row says by its watermarks which
 *       events it holds already, so that a repeated commit changes nothing twice.
 *   <li>When {@code commit} returns, its rows and positions survive a crash of the store.
 *   <li>A row the store cannot hold is refused with {@link RowRefusedException}, never left out; no
 *       position was moved.
 *   <li>A store that does not answer throws {@link ViewStoreUnavailableException}: the commit may
 *       or may not have happened, and is safe to repeat from the stored positions.
 *   <li>{@code forget} leaves no rows, positions or quarantine of a view, in any version, and may
 *       be called again. Who still writes to it is refused.
 * </ol>
 */
public interface ViewStore extends AutoCloseable {

  /** The version that is live, made now when there is none. */
  ViewVersion prepare(ViewDefinition view);

  /** Whether it is still the version that readers see; a store without rebuilds has no other. */
  default boolean isLive(ViewVersion version) {
    return true;
  }

  Map<TopicPartitionName, OwnedPosition> positions(ViewVersion version);

  /** The positions of these partitions, with the epochs under which the caller may move them. */
  Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner);

  Map<String, StoredRow> load(ViewVersion version, Collection<String> keys);

  /** What is stored of the rows it changed, as {@code load} would answer; it may leave some out. */
  Map<String, StoredRow> commit(ViewBatch batch);

  /** Drops a view that nobody declares any more. */
  void forget(ViewDefinition view);

  /** Belongs to this store and is closed with it. */
  ViewOperations operations();

  @Override
  void close();
}
