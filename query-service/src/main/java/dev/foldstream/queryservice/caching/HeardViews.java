package dev.foldstream.queryservice.caching;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.caching.ViewCache.Heard;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.queryservice.waits.TokenWaits.Asked;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.changes.ChangeFeed.Followed;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the views in PostgreSQL have come, as their changes are heard. What was heard before a
 * query reads is a lower bound of what it finds, so its statement is the only one.
 *
 * <p>The store is asked for views in Elasticsearch, while changes are not heard, and for a token
 * that was not heard yet or may name what the view has set aside.
 */
@Singleton
public final class HeardViews {

  private final ViewStores stores;
  private final TokenWaits waits;
  private final CacheSettings settings;
  private final Map<String, Following> views = new ConcurrentHashMap<>();

  HeardViews(ServedViews served, ViewStores stores, TokenWaits waits, CacheSettings settings) {
    this.stores = stores;
    this.waits = waits;
    this.settings = settings;
    served.watch(gone -> gone.forEach(this::forget));
  }

  private void forget(String path) {
    Following known = views.remove(path);
    if (known != null) {
      known.followed().close();
    }
  }

  private record Following(ViewCache cache, Followed followed) {}

  /** The token of an answer that is read after this, once the view has come as far as was asked. */
  public String token(ServedView view, ViewAccess store, Asked asked) {
    Heard heard = heard(view, store, asked);
    return heard == null ? Positions.token(waits.await(view, store, asked)).text() : heard.text();
  }

  /** Null when the store has to be asked. */
  @Nullable Heard heard(ServedView view, ViewAccess store, Asked asked) {
    if (store.kind() != ViewStoreKind.POSTGRESQL) {
      return null;
    }
    Following following = following(view);
    Heard heard = following.cache().heard();
    boolean fresh = following.followed().ageNanos() < settings.maxAge().toNanos();
    return heard != null && fresh && mayAnswer(view, heard, asked) ? heard : null;
  }

  /** The rows that are kept of a view in PostgreSQL. */
  ViewCache cache(ServedView view) {
    return following(view).cache();
  }

  private Following following(ServedView view) {
    String path = view.path();
    Following known = views.get(path);
    return known == null ? views.computeIfAbsent(path, any -> follow(view)) : known;
  }

  private Following follow(ServedView view) {
    var cache = new ViewCache(settings.rows());
    return new Following(cache, stores.changes().feed().follow(view.definition(), cache::changed));
  }

  private static boolean mayAnswer(ServedView view, Heard heard, Asked asked) {
    return asked.none() || (!heard.setAside() && covers(heard, asked, view));
  }

  /** What the token names of other views' topics is no concern of this one. */
  private static boolean covers(Heard heard, Asked asked, ServedView view) {
    for (var part : asked.token().sequences().entrySet()) {
      if (view.definition().topics().contains(part.getKey().topic())
          && heard.token().sequences().getOrDefault(part.getKey(), -1L) < part.getValue()) {
        return false;
      }
    }
    return true;
  }

  @PreDestroy
  void close() {
    views.values().forEach(known -> known.followed().close());
  }
}
