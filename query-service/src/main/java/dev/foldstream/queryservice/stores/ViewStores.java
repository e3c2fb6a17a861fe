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
  private @Nullable JournalAccess journal;

  public ViewStores(
      ServedViews views,
      PostgresqlSettings postgresql,
      ElasticsearchSettings search,
      JournalSettings journalSettings,
      FoundDomains domains,
      TopicsSettings topics,
      CostSettings costs) {
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
  public ChangeAccess changes() {
    if (postgres == null) {
      throw new IllegalStateException("no view is kept in " + ViewStoreKind.POSTGRESQL);
    }
    return new ChangeAccess(postgres.changes(), postgres.changeReader());
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
