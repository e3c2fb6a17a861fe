package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Drops versions of a view. */
final class PostgresVersions {

  private PostgresVersions() {}

  /** Leaves nothing of it: no table, no positions, no entry. */
  static void drop(Handle handle, ViewVersion version) {
    ViewDefinition view = version.view();
    if (PostgresRegistry.liveVersion(handle, view).orElse(0) == version.number()) {
      throw new IllegalStateException(version + " is live and cannot be dropped");
    }
    handle.execute("drop table if exists \"%s\"".formatted(new PostgresTable(version).name()));
    for (String table :
        List.of("foldstream_quarantine", "foldstream_positions", "foldstream_view_versions")) {
      handle.execute(
          "delete from %s where domain = ? and view = ? and version = ?".formatted(table),
          view.domain(),
          view.name(),
          version.number());
    }
  }

  /** Keeps the one that was live before. */
  static int dropUnneeded(Handle handle, ViewDefinition view) {
    List<ViewVersion> unneeded = RebuildRules.unneeded(new PostgresBook(handle, view));
    unneeded.forEach(version -> drop(handle, version));
    return unneeded.size();
  }
}
