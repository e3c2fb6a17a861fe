package dev.foldstream.queryservice.caching;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.caching.ViewCache.Heard;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.queryservice.waits.TokenWaits.Asked;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.ViewRow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows by key, from this process when it has them.
 *
 * <ol>
 *   <li>A row is never older than the token of the query, nor than the token of its answer.
 *   <li>Without a token a row is at most as old as the settings say; usually a change is heard
 *       within milliseconds.
 *   <li>That a key has no row is kept, too.
 *   <li>While the changes of a view are not heard, and while the view has set events aside, the
 *       store is asked.
 *   <li>Views in Elasticsearch are not kept.
 * </ol>
 */
@Singleton
public final class CachedRows {

  /** A row, or none, and what it holds at least. */
  public record Found(Optional<ViewRow> row, String token) {}

  private final HeardViews views;
  private final TokenWaits waits;
  private final CacheSettings settings;
  private final RedisRows redis;
  private final MeterRegistry meters;
  private final Map<String, Outcomes> outcomes = new ConcurrentHashMap<>();

  CachedRows(
      HeardViews views,
      TokenWaits waits,
      CacheSettings settings,
      RedisRows redis,
      MeterRegistry meters) {
    this.views = views;
    this.waits = waits;
    this.settings = settings;
    this.redis = redis;
    this.meters = meters;
  }

  private record Outcomes(Counter hits, Counter misses, Counter passed) {}

  /** The row with this key, once the view has come as far as was asked. */
  public Found find(ServedView view, ViewAccess store, String key, Asked asked) {
    Heard heard = views.heard(view, store, asked);
    if (heard == null) {
      return read(view, store, key, asked);
    }
    if (settings.rows() == 0) {
      return new Found(row(view, store, key), heard.text());
    }
    Outcomes counted = outcomes(view);
    ViewCache cache = views.cache(view);
    ViewCache.Kept kept = cache.find(key);
    if (kept != null) {
      counted.hits().increment();
      return new Found(kept.row(), heard.text());
    }
    counted.misses().increment();
    return new Found(cache.load(key, () -> load(view, store, key, cache, heard)), heard.text());
  }

  private Optional<ViewRow> load(
      ServedView view, ViewAccess store, String key, ViewCache cache, Heard heard) {
    RedisRows.Shared shared =
        redis.find(view, heard.version(), key, place -> cache.isUpToDate(key, place));
    if (shared != null) {
      return shared.row();
    }
    Optional<ViewRow> row = row(view, store, key);
    redis.put(view, heard.version(), key, row, heard.token());
    return row;
  }

  private Found read(ServedView view, ViewAccess store, String key, Asked asked) {
    if (store.kind() == ViewStoreKind.POSTGRESQL && settings.rows() > 0) {
      outcomes(view).passed().increment();
    }
    var positions = waits.await(view.definition(), view.address(), store, asked, key);
    return new Found(row(view, store, key), Positions.token(positions).text());
  }

  private static Optional<ViewRow> row(ServedView view, ViewAccess store, String key) {
    return key.indexOf('\0') < 0 ? store.reader().row(view.definition(), key) : Optional.empty();
  }

  private Outcomes outcomes(ServedView view) {
    Outcomes known = outcomes.get(view.address());
    return known == null
        ? outcomes.computeIfAbsent(
            view.address(),
            address ->
                new Outcomes(counter(view, "hit"), counter(view, "miss"), counter(view, "passed")))
        : known;
  }

  private Counter counter(ServedView view, String outcome) {
    return meters.counter("foldstream.cache.requests", "view", view.address(), "outcome", outcome);
  }
}
