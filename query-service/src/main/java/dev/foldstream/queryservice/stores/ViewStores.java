package dev.foldstream.queryservice.stores;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.ElasticsearchSettings;
import dev.foldstream.host.settings.JournalSettings;
import dev.foldstream.host.settings.PostgresqlSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.limits.CostSettings;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.journal.Journal;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stores in which any served view is kept, or may come to be kept. They connect when they are
 * first used, so this host starts, and serves what it can, while a store is away.
 */
@Singleton
public final class ViewStores {

  private final Map<ViewStoreKind, ViewAccess> byKind = new EnumMap<>(ViewStoreKind.class);
  private final PostgresqlSettings postgresql;
  private final ElasticsearchSettings searching;
  private final CostSettings costs;
  private @Nullable PostgresViewStore postgres;
  private @Nullable ElasticsearchViewStore elasticsearch;
  private @Nullable JournalAccess journal;

  public ViewStores(
      ServedViews views,
      PostgresqlSettings postgresql,
      ElasticsearchSettings search,
      JournalSettings journalSettings,
      FoundDomains domains,
      TopicsSettings topics,
      CostSettings costs) {
    this.postgresql = postgresql;
    this.searching = search;
    this.costs = costs;
    boolean viewsInPostgres = !views.in(ViewStoreKind.POSTGRESQL).isEmpty();
    if (viewsInPostgres || journalSettings.enabled()) {
      ViewAccess access = openPostgres(postgresql, costs.statementTimeout());
      if (viewsInPostgres) {
        byKind.put(ViewStoreKind.POSTGRESQL, access);
      }
    }
    if (journalSettings.enabled() && postgres != null) {
      journal =
          new JournalAccess(
              Journal.over(domains.eventsTopics(), topics.partitions()),
              postgres.journalReader(),
              new ViewAccess(ViewStoreKind.POSTGRESQL, postgres.reader(), postgres.watch()));
    }
    if (!views.in(ViewStoreKind.ELASTICSEARCH).isEmpty()) {
      openElasticsearch(search, costs.statementTimeout());
    }
  }

  private ViewAccess openPostgres(PostgresqlSettings settings, Duration statementTimeout) {
    var store =
        PostgresViewStore.open(
            new PostgresSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                settings.poolSize(),
                statementTimeout));
    postgres = store;
    return new ViewAccess(ViewStoreKind.POSTGRESQL, store.reader(), store.watch());
  }

  private void openElasticsearch(ElasticsearchSettings settings, Duration statementTimeout) {
    var store = ElasticsearchViewStore.open(settings.address(), statementTimeout);
    elasticsearch = store;
    byKind.put(
        ViewStoreKind.ELASTICSEARCH,
        new ViewAccess(ViewStoreKind.ELASTICSEARCH, store.reader(), store.watch()));
  }

  /** The changes of views in PostgreSQL; asked for only when a view is kept in it. */
  public synchronized ChangeAccess changes() {
    access(ViewStoreKind.POSTGRESQL);
    PostgresViewStore store = Objects.requireNonNull(postgres);
    return new ChangeAccess(store.changes(), store.changeReader());
  }

  public boolean hasJournal() {
    return journal != null;
  }

  /** The journal, or the problem that there is none. */
  public JournalAccess journal() {
    if (journal == null) {
      throw new ProblemException(
          ProblemType.JOURNAL_OFF,
          "Streams are read from the journal, which is turned off here. Set"
              + " foldstream.journal.enabled=true for the projector and the query-service; the"
              + " projector then copies all events that there are");
    }
    return journal;
  }

  /** Searches the views kept in Elasticsearch; asked for only when there are any. */
  public synchronized SearchReader search() {
    access(ViewStoreKind.ELASTICSEARCH);
    return Objects.requireNonNull(elasticsearch).search();
  }

  /** The store of this kind; asked for only when a view is kept in it. */
  public synchronized ViewAccess access(ViewStoreKind kind) {
    ViewAccess access = byKind.get(kind);
    return access == null ? opened(kind) : access;
  }

  /** The first view in this store was registered after the start. */
  private ViewAccess opened(ViewStoreKind kind) {
    switch (kind) {
      case POSTGRESQL -> {
        PostgresViewStore known = postgres;
        byKind.put(
            kind,
            known == null
                ? openPostgres(postgresql, costs.statementTimeout())
                : new ViewAccess(kind, known.reader(), known.watch()));
      }
      case ELASTICSEARCH -> openElasticsearch(searching, costs.statementTimeout());
    }
    return Objects.requireNonNull(byKind.get(kind));
  }

  /** Those in which any view is kept. */
  public synchronized Map<ViewStoreKind, ViewAccess> all() {
    return Map.copyOf(byKind);
  }

  @PreDestroy
  synchronized void close() {
    if (postgres != null) {
      postgres.close();
    }
    if (elasticsearch != null) {
      elasticsearch.close();
    }
  }
}
