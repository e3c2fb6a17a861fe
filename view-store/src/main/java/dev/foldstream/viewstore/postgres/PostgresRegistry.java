package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewShapeException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rows.Declaration;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/**
 * Which versions of a view there are, which one is live, and as what each was declared: tables
 * {@code foldstream_views} and {@code foldstream_view_versions}. These are the stored form.
 */
final class PostgresRegistry {

  /** Whoever prepares holds this lock: two hosts that start at once make each table once. */
  private static final long PREPARE_LOCK = 0x666f_6c64_7374_7231L;

  /** A new index over a large table takes its time; other hosts wait for the lock as long. */
  private static final String PREPARE_TIMEOUT = "set local statement_timeout = '1h'";

  private static final String STORE = "PostgreSQL";

  /** Looks before it alters, because altering waits for every writer. */
  private static final String COUNTS_OF_OLDER_POSITIONS =
      """
      do $$ begin
        if not exists (select from information_schema.columns
            where table_schema = current_schema() and table_name = 'foldstream_positions'
              and column_name = 'discarded') then
          alter table foldstream_positions
            add column applied bigint not null default 0,
            add column filtered bigint not null default 0,
            add column quarantined bigint not null default 0,
            add column discarded bigint not null default 0;
        end if;
      end $$
      """;

  private static final List<String> TABLES =
      List.of(
          """
          create table if not exists foldstream_views (
            domain text not null, view text not null, live_version integer not null,
            primary key (domain, view))
          """,
          """
          create table if not exists foldstream_view_versions (
            domain text not null, view text not null, version integer not null,
            relation text not null unique, declaration jsonb not null,
            prepared_at timestamptz not null default now(),
            primary key (domain, view, version))
          """,
          """
          create table if not exists foldstream_positions (
            domain text not null, view text not null, version integer not null,
            topic text not null, partition integer not null,
            sequence bigint not null, next_offset bigint not null,
            epoch bigint not null, owner text not null,
            moved_at timestamptz not null default to_timestamp(0),
            applied bigint not null default 0, filtered bigint not null default 0,
            quarantined bigint not null default 0, discarded bigint not null default 0,
            primary key (domain, view, version, topic, partition)) with (fillfactor = 50)
          """,
          PostgresRebuildTable.CREATE,
          PostgresRebuildTable.COLUMNS_OF_OLDER_TABLES,
          PostgresViewOperations.PAUSES);

  private PostgresRegistry() {}

  static ViewVersion prepare(Handle handle, ViewDefinition view) {
    prepareAny(handle);
    ViewVersion version = new ViewVersion(view, liveVersion(handle, view).orElse(1));
    SortedMap<String, String> declared = Declaration.of(view.feature());
    kept(handle, version)
        .ifPresentOrElse(
            kept -> refuseAnother(version, kept, declared),
            () -> create(handle, version, declared));
    new PostgresTable(version).createIndexes().forEach(handle::execute);
    return version;
  }

  /** Takes the lock and makes the tables that all views share. */
  static void prepareAny(Handle handle) {
    lock(handle);
    handle.execute(COUNTS_OF_OLDER_POSITIONS);
    PostgresQuarantine.TABLES.forEach(handle::execute);
    PostgresChanges.TABLES.forEach(handle::execute);
  }

  /** Nobody else makes or drops tables until the transaction ends. */
  static void lock(Handle handle) {
    handle.execute(PREPARE_TIMEOUT);
    handle.execute("select pg_advisory_xact_lock(?)", PREPARE_LOCK);
    TABLES.forEach(handle::execute);
  }

  static Optional<Integer> liveVersion(Handle handle, ViewDefinition view) {
    return handle
        .select("select live_version from foldstream_views where domain = ? and view = ?")
        .bind(0, view.domain())
        .bind(1, view.name())
        .mapTo(Integer.class)
        .findOne();
  }

  static Optional<SortedMap<String, String>> kept(Handle handle, ViewVersion version) {
    return handle
        .select(
            "select declaration from foldstream_view_versions where domain = ? and view = ? and version = ?")
        .bind(0, version.view().domain())
        .bind(1, version.view().name())
        .bind(2, version.number())
        .mapTo(String.class)
        .findOne()
        .map(RowJson::facts);
  }

  private static void refuseAnother(
      ViewVersion version, SortedMap<String, String> kept, SortedMap<String, String> declared) {
    List<String> differences = Declaration.differences(kept, declared);
    if (!differences.isEmpty()) {
      throw new ViewShapeException(version, STORE, differences);
    }
  }

  private static void create(
      Handle handle, ViewVersion version, SortedMap<String, String> declared) {
    createBeside(handle, version, declared);
    handle.execute(new PostgresTable(version).createStableView());
    makeLive(handle, version);
  }

  /** The first version; one that is live stays so. */
  static void makeLive(Handle handle, ViewVersion version) {
    handle.execute(
        "insert into foldstream_views (domain, view, live_version) values (?, ?, ?) on conflict do nothing",
        version.view().domain(),
        version.view().name(),
        version.number());
  }

  /** A table without further indexes that no reader sees. */
  static void createBeside(Handle handle, ViewVersion version, SortedMap<String, String> declared) {
    var table = new PostgresTable(version);
    handle.execute(table.createTable());
    handle.execute(
        "insert into foldstream_view_versions (domain, view, version, relation, declaration) values (?, ?, ?, ?, ?::jsonb)",
        version.view().domain(),
        version.view().name(),
        version.number(),
        table.name(),
        RowJson.facts(declared));
  }
}
