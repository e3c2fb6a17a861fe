package dev.foldstream.projector.projection;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.domains.FoundView;
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
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every view of every domain in every store it is kept in. Stores connect when first used. */
@Singleton
public final class ProjectionStores {

  private final Map<ViewStoreKind, ViewStore> stores = new EnumMap<>(ViewStoreKind.class);
  private final List<ProjectionTarget> targets;

  public ProjectionStores(
      FoundDomains domains,
      TopicsSettings topics,
      PostgresqlSettings postgresql,
      ElasticsearchSettings elasticsearch,
      JournalSettings journal) {
    var all = new ArrayList<ProjectionTarget>();
    for (FoundView found : domains.views()) {
      var view =
          new ViewDefinition(found.domain(), found.feature(), found.topics(), topics.partitions());
      found.feature().stores().stream()
          .sorted()
          .map(
              kind ->
                  new ProjectionTarget(
                      found.address(),
                      view,
                      kind,
                      stores.computeIfAbsent(kind, k -> open(k, postgresql, elasticsearch))))
          .forEach(all::add);
    }
    if (journal.enabled()) {
      all.add(journal(domains, topics, postgresql));
    }
    all.sort(Comparator.comparing(ProjectionTarget::address).thenComparing(ProjectionTarget::kind));
    this.targets = List.copyOf(all);
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
