package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Drops versions of a view. */
final class PostgresVersions {

  /** All that is kept of views beside their rows. */
  private static final List<String> OF_VIEWS =
      List.of(
          "foldstream_views",
          "foldstream_view_versions",
          "foldstream_positions",
          "foldstream_quarantine",
          "foldstream_changes",
          "foldstream_rebuilds",
          "foldstream_pauses");

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

  /** Leaves nothing of any version. Returns how many there were. */
  static int forget(Handle handle, ViewDefinition view) {
    Set<Integer> numbers = new PostgresBook(handle, view).numbers();
    handle.execute("drop view if exists \"%s\"".formatted(StoreNames.table(view)));
    numbers.forEach(
        number ->
            handle.execute(
                "drop table if exists \"%s\""
                    .formatted(StoreNames.table(new ViewVersion(view, number)))));
    for (String table : OF_VIEWS) {
      handle.execute(
          "delete from %s where domain = ? and view = ?".formatted(table),
          view.domain(),
          view.name());
    }
    return numbers.size();
  }

  /** Keeps the one that was live before. */
  static int dropUnneeded(Handle handle, ViewDefinition view) {
    List<ViewVersion> unneeded = RebuildRules.unneeded(new PostgresBook(handle, view));
    unneeded.forEach(version -> drop(handle, version));
    return unneeded.size();
  }
}
