package dev.foldstream.queryservice.caching;

import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.caching.ViewCache.Heard;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.queryservice.waits.TokenWaits.Asked;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.changes.ChangeFeed.Followed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
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

  private final ViewStores stores;
  private final TokenWaits waits;
  private final CacheSettings settings;
  private final RedisRows redis;
  private final MeterRegistry meters;
  private final Map<String, Followings> views = new ConcurrentHashMap<>();

  CachedRows(
      ServedViews served,
      ViewStores stores,
      TokenWaits waits,
      CacheSettings settings,
      RedisRows redis,
      MeterRegistry meters) {
    this.stores = stores;
    this.waits = waits;
    this.settings = settings;
    this.redis = redis;
    this.meters = meters;
    served.watch(gone -> gone.forEach(this::forget));
  }

  private void forget(String path) {
    Followings known = views.remove(path);
    if (known != null) {
      known.followed().close();
    }
  }

  private record Followings(
      ViewCache cache, Followed followed, Counter hits, Counter misses, Counter passed) {}

  /** The row with this key, once the view has come as far as was asked. */
  public Found find(ServedView view, ViewAccess store, String key, Asked asked) {
    if (store.kind() != ViewStoreKind.POSTGRESQL || settings.rows() == 0) {
      return read(view, store, key, asked);
    }
    Followings known = views.computeIfAbsent(view.path(), path -> follow(view));
    Heard heard = known.cache().heard();
    if (heard == null || !mayAnswer(view, known, heard, asked)) {
      known.passed().increment();
      return read(view, store, key, asked);
    }
    ViewCache.Kept kept = known.cache().find(key);
    if (kept != null) {
      known.hits().increment();
      return new Found(kept.row(), heard.text());
    }
    known.misses().increment();
    var row = known.cache().load(key, () -> load(view, store, key, known.cache(), heard));
    return new Found(row, heard.text());
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

  private boolean mayAnswer(ServedView view, Followings known, Heard heard, Asked asked) {
    return known.followed().ageNanos() < settings.maxAge().toNanos()
        && (asked.none() || (!heard.setAside() && covers(heard.token(), asked.token(), view)));
  }

  /** What the token names of other views' topics is no concern of this one. */
  private static boolean covers(Token heard, Token asked, ServedView view) {
    return asked.sequences().entrySet().stream()
        .filter(part -> view.definition().topics().contains(part.getKey().topic()))
        .allMatch(part -> heard.sequences().getOrDefault(part.getKey(), -1L) >= part.getValue());
  }

  private Found read(ServedView view, ViewAccess store, String key, Asked asked) {
    var positions = waits.await(view.definition(), view.address(), store, asked, key);
    return new Found(row(view, store, key), Positions.token(positions).text());
  }

  private static Optional<ViewRow> row(ServedView view, ViewAccess store, String key) {
    return key.indexOf('\0') < 0 ? store.reader().row(view.definition(), key) : Optional.empty();
  }

  private Followings follow(ServedView view) {
    var cache = new ViewCache(settings.rows());
    return new Followings(
        cache,
        stores.changes().feed().follow(view.definition(), cache::changed),
        counter(view, "hit"),
        counter(view, "miss"),
        counter(view, "passed"));
  }

  private Counter counter(ServedView view, String outcome) {
    return meters.counter("foldstream.cache.requests", "view", view.address(), "outcome", outcome);
  }

  @PreDestroy
  void close() {
    views.values().forEach(known -> known.followed().close());
  }
}
