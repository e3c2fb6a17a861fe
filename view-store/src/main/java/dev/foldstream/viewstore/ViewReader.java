package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the live version of views. Thread-safe; every call may block on the store.
 *
 * <ol>
 *   <li>A row is returned as the last committed batch left it, never half a batch.
 *   <li>{@code positions} names every partition of the view's topics, with {@link Position#START}
 *       for one that the projector has not begun.
 *   <li>Positions read before a row are never ahead of it: a caller that reads positions, then the
 *       row, may trust them as a lower bound.
 *   <li>A store that does not answer throws {@link ViewStoreUnavailableException}.
 * </ol>
 */
public interface ViewReader {

  Optional<ViewRow> row(ViewDefinition view, String key);

  /**
   * One page in the order of the query. A query that names an unknown column is refused before it
   * comes here.
   */
  ViewPage page(ViewDefinition view, ViewQuery query);

  Map<TopicPartitionName, Position> positions(ViewDefinition view);

  /** Set while the view stands still because somebody asked for it: a wait for it is in vain. */
  Optional<ViewPause> paused(ViewDefinition view);

  /** The columns a query of this store may filter and order by. */
  List<ViewColumn> columns(ViewDefinition view);
}
