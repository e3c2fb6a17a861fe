package dev.foldstream.projector.projection;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.domains.FoundView;
import dev.foldstream.host.registered.RegisteredView;
import dev.foldstream.host.settings.ElasticsearchSettings;
import dev.foldstream.host.settings.JournalSettings;
import dev.foldstream.host.settings.PostgresqlSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.journal.Journal;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import dev.foldstream.viewstore.registered.RowsView;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every view of every domain, and every view that a registered topology makes, in every store it is
 * kept in. Stores connect when first used.
 */
@Singleton
public final class ProjectionStores {

  private final Map<ViewStoreKind, ViewStore> stores = new EnumMap<>(ViewStoreKind.class);
  private final PostgresqlSettings postgresql;
  private final ElasticsearchSettings elasticsearch;
  private final List<ProjectionTarget> declared;
  private volatile Map<String, RowsView> registered = Map.of();
  private volatile List<ProjectionTarget> targets;

  public ProjectionStores(
      FoundDomains domains,
      TopicsSettings topics,
      PostgresqlSettings postgresql,
      ElasticsearchSettings elasticsearch,
      JournalSettings journal) {
    this.postgresql = postgresql;
    this.elasticsearch = elasticsearch;
    var all = new ArrayList<ProjectionTarget>();
    for (FoundView found : domains.views()) {
      var view =
          new ViewDefinition(found.domain(), found.feature(), found.topics(), topics.partitions());
      all.addAll(targets(found.address(), view));
    }
    if (journal.enabled()) {
      all.add(journal(domains, topics, postgresql));
    }
    this.declared = List.copyOf(all);
    this.targets = sorted(all);
  }

  private List<ProjectionTarget> targets(String address, ViewDefinition view) {
    return view.feature().stores().stream()
        .sorted()
        .map(kind -> new ProjectionTarget(address, view, kind, store(kind)))
        .toList();
  }

  private ViewStore store(ViewStoreKind kind) {
    return stores.computeIfAbsent(kind, k -> open(k, postgresql, elasticsearch));
  }

  private static List<ProjectionTarget> sorted(List<ProjectionTarget> all) {
    return all.stream()
        .sorted(
            Comparator.comparing(ProjectionTarget::address).thenComparing(ProjectionTarget::kind))
        .toList();
  }

  /** From now on these are the views of registered topologies. Called by one thread. */
  void register(List<RegisteredView> views) {
    var now = new LinkedHashMap<String, RowsView>();
    var all = new ArrayList<ProjectionTarget>(declared);
    for (RegisteredView view : views) {
      String path = view.topology() + "/" + view.name();
      RowsView rows = registered.get(path);
      if (rows == null || !rows.rows().schema().equals(view.row())) {
        rows = rows(view);
      }
      now.put(path, rows);
      all.addAll(targets(view.address(), rows.definition()));
    }
    registered = now;
    targets = sorted(all);
  }

  private static RowsView rows(RegisteredView view) {
    return RowsView.of(
        view.topology(),
        view.name(),
        view.row(),
        view.stores(),
        view.indexes(),
        view.topic(),
        view.partitions());
  }

  /** What makes rows for a view of a registered topology; null for every other view. */
  public @Nullable RowsView rows(ProjectionTarget target) {
    return registered.get(target.view().path());
  }

  private ProjectionTarget journal(
      FoundDomains domains, TopicsSettings topics, PostgresqlSettings sql) {
    var store =
        (PostgresViewStore) stores.computeIfAbsent(ViewStoreKind.POSTGRESQL, kind -> postgres(sql));
    boolean taken = domains.view(Journal.NAME).isPresent();
    return new ProjectionTarget(
        taken ? Journal.DOMAIN + "." + Journal.NAME : Journal.NAME,
        Journal.over(domains.eventsTopics(), topics.partitions()),
        ViewStoreKind.POSTGRESQL,
        store.journal());
  }

  private static PostgresViewStore postgres(PostgresqlSettings sql) {
    return PostgresViewStore.open(
        new PostgresSettings(sql.url(), sql.user(), sql.password(), sql.poolSize()));
  }

  private static ViewStore open(
      ViewStoreKind kind, PostgresqlSettings sql, ElasticsearchSettings search) {
    return switch (kind) {
      case POSTGRESQL -> postgres(sql);
      case ELASTICSEARCH -> ElasticsearchViewStore.open(search.address());
    };
  }

  /** In order of address and store. */
  public List<ProjectionTarget> targets() {
    return targets;
  }

  @PreDestroy
  void close() {
    stores.values().forEach(ViewStore::close);
  }
}
