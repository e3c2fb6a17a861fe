package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.VersionState;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The versions of a view that there are. */
final class PostgresVersions {

  private PostgresVersions() {}

  static List<Integer> numbers(Handle handle, ViewDefinition view) {
    return handle
        .select(
            "select version from foldstream_view_versions where domain = ? and view = ? order by 1")
        .bind(0, view.domain())
        .bind(1, view.name())
        .mapTo(Integer.class)
        .list();
  }

  static List<KeptVersion> all(Handle handle, ViewDefinition view) {
    int live = PostgresRegistry.liveVersion(handle, view).orElse(0);
    Optional<Rebuild> last = PostgresRebuildTable.find(handle, view);
    return numbers(handle, view).stream()
        .map(number -> new KeptVersion(number, state(number, live, last)))
        .toList();
  }

  private static VersionState state(int number, int live, Optional<Rebuild> last) {
    if (number == live) {
      return VersionState.LIVE;
    }
    return last.filter(rebuild -> rebuild.version().number() == number)
        .filter(rebuild -> rebuild.kind() != RebuildKind.ROLLBACK)
        .map(rebuild -> built(rebuild.state()))
        .orElse(VersionState.RETIRED);
  }

  private static VersionState built(RebuildState state) {
    return switch (state) {
      case WAITING, LOADING, INDEXING, COMPARING -> VersionState.BUILDING;
      case READY, SWITCHING -> VersionState.READY;
      case DONE, CANCELLED -> VersionState.RETIRED;
      case FAILED -> VersionState.FAILED;
    };
  }

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
    int before = PostgresRebuildTable.liveBefore(handle, view).orElse(0);
    List<KeptVersion> unneeded =
        all(handle, view).stream()
            .filter(version -> version.state() == VersionState.RETIRED)
            .filter(version -> version.number() != before)
            .toList();
    unneeded.forEach(version -> drop(handle, new ViewVersion(view, version.number())));
    return unneeded.size();
  }
}
