package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** The rows there are of these keys, each read as by {@code row}. */
  default Map<String, ViewRow> rows(ViewDefinition view, Collection<String> keys) {
    var rows = new HashMap<String, ViewRow>();
    keys.forEach(key -> row(view, key).ifPresent(row -> rows.put(key, row)));
    return rows;
  }

  /**
   * One page in the order of the query. A query that names an unknown column is refused before it
   * comes here.
   */
  ViewPage page(ViewDefinition view, ViewQuery query);

  Map<TopicPartitionName, Position> positions(ViewDefinition view);

  /**
   * Some of what waits in the quarantine of the live version and makes an answer older than the
   * token, at most ten of it: the very events that the token names, and earlier ones of the row or
   * aggregate with this key.
   *
   * <p>It says at least as much as positions that this reader gave before.
   *
   * @param key null when no row is asked for
   */
  List<QuarantineEntry> setAside(ViewDefinition view, Token token, @Nullable String key);

  /** Set while the view stands still because somebody asked for it: a wait for it is in vain. */
  Optional<ViewPause> paused(ViewDefinition view);

  /** The columns a query of this store may filter and order by. */
  List<ViewColumn> columns(ViewDefinition view);
}
