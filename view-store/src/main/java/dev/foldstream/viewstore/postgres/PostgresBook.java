package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.VersionBook;
import dev.foldstream.viewstore.rows.Declaration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The versions of one view, as the tables say within one transaction. */
record PostgresBook(Handle handle, ViewDefinition view) implements VersionBook {

  @Override
  public OptionalInt live() {
    return optional(PostgresRegistry.liveVersion(handle, view));
  }

  private static OptionalInt optional(Optional<Integer> number) {
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  @Override
  public SortedSet<Integer> numbers() {
    return new TreeSet<>(
        handle
            .select("select version from foldstream_view_versions where domain = ? and view = ?")
            .bind(0, view.domain())
            .bind(1, view.name())
            .mapTo(Integer.class)
            .list());
  }

  @Override
  public Optional<SortedMap<String, String>> declaration(ViewVersion version) {
    return PostgresRegistry.kept(handle, version);
  }

  @Override
  public SortedMap<String, String> declared() {
    return Declaration.of(view.feature());
  }

  @Override
  public Optional<Rebuild> last() {
    return PostgresRebuildTable.find(handle, view);
  }

  @Override
  public OptionalInt liveBefore() {
    return optional(PostgresRebuildTable.number(handle, view, "live_before"));
  }

  @Override
  public int highest() {
    return PostgresRebuildTable.number(handle, view, "highest").orElse(0);
  }

  @Override
  public long quarantined(ViewVersion version) {
    return handle
        .select(
            "select count(*) from foldstream_quarantine where domain = ? and view = ? and version = ?")
        .bind(0, view.domain())
        .bind(1, view.name())
        .bind(2, version.number())
        .mapTo(Long.class)
        .one();
  }
}
