package dev.foldstream.projector.projection;

import dev.foldstream.viewstore.StoredRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the last commit left them, so that they need not be loaded again. Those used longest ago
 * are forgotten first. Used by the worker's thread alone.
 *
 * <p>Only for who owns every partition of a view: then nobody else writes its rows. A row that is
 * not as it is here is noticed at the commit, with one exception, which ownership excludes: in
 * PostgreSQL a row that was removed and made again counts its revisions anew.
 */
final class RowCache {

  private final int mostRows;
  private final Map<String, StoredRow> rows;

  RowCache(int mostRows) {
    this.mostRows = mostRows;
    this.rows =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, StoredRow> eldest) {
            return size() > RowCache.this.mostRows;
          }
        };
  }

  /** Does not count as a use. */
  boolean has(String key) {
    return rows.containsKey(key);
  }

  @Nullable StoredRow get(String key) {
    return rows.get(key);
  }

  void putAll(Map<String, StoredRow> stored) {
    rows.putAll(stored);
  }

  void clear() {
    rows.clear();
  }
}
