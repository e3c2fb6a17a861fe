package dev.foldstream.projector.rebuild;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.projection.Indices;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import dev.foldstream.viewstore.rows.StoreNames;
import java.net.URI;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty store that can rebuild.
 *
 * @param url of its server
 */
record RebuiltStore(ViewStoreKind kind, ViewStore store, ViewReader reader, String url)
    implements AutoCloseable {

  static RebuiltStore postgres() {
    var server = DevServices.shared().postgres();
    String url = server.newDatabase("rebuilds");
    var store =
        PostgresViewStore.open(new PostgresSettings(url, server.user(), server.password(), 8));
    return new RebuiltStore(ViewStoreKind.POSTGRESQL, store, store.reader(), url);
  }

  static RebuiltStore elasticsearch() {
    try {
      Indices.deleteViews();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    String url = DevServices.shared().elasticsearch().url();
    var store = ElasticsearchViewStore.open(URI.create(url));
    return new RebuiltStore(ViewStoreKind.ELASTICSEARCH, store, store.reader(), url);
  }

  ViewRebuilds rebuilds() {
    return ((RebuildableStore) store).rebuilds();
  }

  ViewVersion prepare(ViewDefinition view) {
    return store.prepare(view);
  }

  boolean isLive(ViewVersion version) {
    return store.isLive(version);
  }

  /** What there is of a version: its table or index, and its positions. */
  List<String> traces(ViewVersion version) throws Exception {
    var traces = new ArrayList<String>();
    store
        .positions(version)
        .forEach(
            (partition, owned) -> {
              if (!owned.equals(OwnedPosition.UNCLAIMED)) {
                traces.add(partition.toString());
              }
            });
    if (kind == ViewStoreKind.ELASTICSEARCH) {
      if (Indices.exists(StoreNames.index(version))) {
        traces.add(StoreNames.index(version));
      }
    } else {
      traces.addAll(tables(version));
    }
    return traces;
  }

  private List<String> tables(ViewVersion version) throws Exception {
    var server = DevServices.shared().postgres();
    var tables = new ArrayList<String>();
    try (var connection = DriverManager.getConnection(url, server.user(), server.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select relname from pg_class where relname like '%s%%'
                union all select relation from foldstream_view_versions
                           where view = '%s' and version = %d
                """
                    .formatted(
                        StoreNames.table(version).replace("_", "\\_"),
                        version.view().name(),
                        version.number()))) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  @Override
  public void close() {
    store.close();
  }
}
