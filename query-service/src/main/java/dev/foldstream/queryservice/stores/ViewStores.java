package dev.foldstream.queryservice.stores;

import dev.foldstream.host.settings.ElasticsearchSettings;
import dev.foldstream.host.settings.PostgresqlSettings;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stores in which any served view is kept. They connect when they are first used, so this host
 * starts, and serves what it can, while a store is away.
 */
@Singleton
public final class ViewStores {

  private final Map<ViewStoreKind, ViewAccess> byKind = new EnumMap<>(ViewStoreKind.class);
  private @Nullable PostgresViewStore postgres;
  private @Nullable ElasticsearchViewStore elasticsearch;

  public ViewStores(
      ServedViews views, PostgresqlSettings postgresql, ElasticsearchSettings search) {
    if (!views.in(ViewStoreKind.POSTGRESQL).isEmpty()) {
      openPostgres(postgresql);
    }
    if (!views.in(ViewStoreKind.ELASTICSEARCH).isEmpty()) {
      openElasticsearch(search);
    }
  }

  private void openPostgres(PostgresqlSettings settings) {
    var store =
        PostgresViewStore.open(
            new PostgresSettings(
                settings.url(), settings.user(), settings.password(), settings.poolSize()));
    postgres = store;
    byKind.put(
        ViewStoreKind.POSTGRESQL,
        new ViewAccess(ViewStoreKind.POSTGRESQL, store.reader(), store.watch()));
  }

  private void openElasticsearch(ElasticsearchSettings settings) {
    var store = ElasticsearchViewStore.open(settings.address());
    elasticsearch = store;
    byKind.put(
        ViewStoreKind.ELASTICSEARCH,
        new ViewAccess(ViewStoreKind.ELASTICSEARCH, store.reader(), store.watch()));
  }

  /** Searches the views kept in Elasticsearch; asked for only when there are any. */
  public SearchReader search() {
    if (elasticsearch == null) {
      throw new IllegalStateException("no view is kept in " + ViewStoreKind.ELASTICSEARCH);
    }
    return elasticsearch.search();
  }

  /** The store of this kind; asked for only when a view is kept in it. */
  public ViewAccess access(ViewStoreKind kind) {
    ViewAccess access = byKind.get(kind);
    if (access == null) {
      throw new IllegalStateException("no view is kept in " + kind);
    }
    return access;
  }

  /** Those in which any view is kept. */
  public Map<ViewStoreKind, ViewAccess> all() {
    return Map.copyOf(byKind);
  }

  @PreDestroy
  void close() {
    if (postgres != null) {
      postgres.close();
    }
    if (elasticsearch != null) {
      elasticsearch.close();
    }
  }
}
