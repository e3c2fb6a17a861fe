package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildLostException;
import dev.foldstream.viewstore.rebuild.RebuildRules.Wanted;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.StoredComparison;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The last rebuild of each view: table {@code foldstream_rebuilds}. This is the stored form. */
final class PostgresRebuildTable {

  static final String CREATE =
      """
      create table if not exists foldstream_rebuilds (
        domain text not null, view text not null, version integer not null,
        kind text not null, state text not null, reason text, changed boolean not null,
        asked text not null default 'NOTHING',
        epoch bigint not null default 0, owner text, seen_at timestamptz,
        events_done bigint not null default 0, events_total bigint not null default 0,
        per_second double precision not null default 0, up_to timestamptz,
        started_at timestamptz not null default now(), ended_at timestamptz,
        comparison jsonb, live_before integer, highest integer not null default 0,
        primary key (domain, view))
      """;

  /** Looks before it alters, because altering waits for whoever reads. */
  static final String COLUMNS_OF_OLDER_TABLES =
      """
      do $$ begin
        if (select count(*) from information_schema.columns
             where table_schema = current_schema() and table_name = 'foldstream_rebuilds'
               and column_name in ('highest', 'up_to')) < 2 then
          alter table foldstream_rebuilds
            add column if not exists highest integer not null default 0,
            add column if not exists up_to timestamptz;
        end if;
      end $$
      """;

  private static final String OF_VIEW = "domain = :domain and view = :view";
  private static final String ENDED = "state in ('DONE', 'FAILED', 'CANCELLED')";
  private static final String OURS = OF_VIEW + " and epoch = :epoch and not " + ENDED;

  private static final String WRITE =
      """
      insert into foldstream_rebuilds (domain, view, version, kind, state, changed, highest)
      values (:domain, :view, :version, :kind, 'WAITING', :changed, :version)
      on conflict (domain, view) do update
        set version = excluded.version, kind = excluded.kind, state = excluded.state,
            changed = excluded.changed, reason = null, asked = 'NOTHING', owner = null,
            seen_at = null, epoch = foldstream_rebuilds.epoch + 1, events_done = 0,
            events_total = 0, per_second = 0, up_to = null, started_at = now(), ended_at = null,
            comparison = null,
            highest = greatest(foldstream_rebuilds.highest, foldstream_rebuilds.version,
                excluded.version)
      """;

  private static final String TAKE =
      """
      update foldstream_rebuilds
         set owner = :owner, epoch = epoch + 1, seen_at = clock_timestamp()
       where domain = :domain and view = :view and not %s
         and (owner is null or seen_at < clock_timestamp() - :lease * interval '1 ms')
         and (select count(*) from foldstream_rebuilds other
               where not other.%s and other.owner is not null
                 and other.seen_at >= clock_timestamp() - :lease * interval '1 ms') < :most
      """
          .formatted(ENDED, ENDED);

  private static final String KEEP =
      "update foldstream_rebuilds set state = :state, reason = :reason, events_done = :done,"
          + " events_total = :total, per_second = :rate, up_to = :upTo::timestamptz, seen_at = clock_timestamp() where "
          + OURS
          + " returning asked";

  private PostgresRebuildTable() {}

  static void write(Handle handle, Wanted wanted) {
    ViewVersion version = wanted.version();
    handle
        .createUpdate(WRITE)
        .bind("domain", version.view().domain())
        .bind("view", version.view().name())
        .bind("version", version.number())
        .bind("kind", wanted.kind().name())
        .bind("changed", wanted.changed())
        .execute();
  }

  static Optional<Rebuild> find(Handle handle, ViewDefinition view) {
    return handle
        .createQuery("select * from foldstream_rebuilds where " + OF_VIEW)
        .bind("domain", view.domain())
        .bind("view", view.name())
        .map((rows, context) -> read(view, rows))
        .findOne();
  }

  private static Rebuild read(ViewDefinition view, ResultSet rows) throws SQLException {
    String comparison = rows.getString("comparison");
    OffsetDateTime ended = rows.getObject("ended_at", OffsetDateTime.class);
    return new Rebuild(
        RebuildKind.valueOf(rows.getString("kind")),
        new ViewVersion(view, rows.getInt("version")),
        RebuildState.valueOf(rows.getString("state")),
        rows.getString("reason"),
        rows.getBoolean("changed"),
        rows.getLong("epoch"),
        rows.getString("owner"),
        Asked.valueOf(rows.getString("asked")),
        new Progress(
            rows.getLong("events_done"),
            rows.getLong("events_total"),
            rows.getDouble("per_second"),
            instant(rows.getObject("up_to", OffsetDateTime.class))),
        rows.getObject("started_at", OffsetDateTime.class).toInstant(),
        instant(ended),
        comparison == null ? null : StoredComparison.read(comparison));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  static boolean take(
      Handle handle, ViewDefinition view, String owner, Duration lease, int atOnce) {
    return handle
            .createUpdate(TAKE)
            .bind("domain", view.domain())
            .bind("view", view.name())
            .bind("owner", owner)
            .bind("lease", lease.toMillis())
            .bind("most", atOnce)
            .execute()
        == 1;
  }

  static Asked keep(
      Handle handle,
      Rebuild rebuild,
      RebuildState state,
      @Nullable String reason,
      Progress progress) {
    return handle
        .createQuery(KEEP)
        .bind("state", state.name())
        .bind("reason", reason)
        .bind("done", progress.done())
        .bind("total", progress.total())
        .bind("rate", progress.perSecond())
        .bind("upTo", progress.upTo())
        .bind("domain", rebuild.version().view().domain())
        .bind("view", rebuild.version().view().name())
        .bind("epoch", rebuild.epoch())
        .map((rows, context) -> Asked.valueOf(rows.getString(1)))
        .findOne()
        .orElseThrow(() -> new RebuildLostException(rebuild));
  }

  static void ask(Handle handle, ViewDefinition view, Asked asked) {
    handle
        .createUpdate("update foldstream_rebuilds set asked = :asked where " + OF_VIEW)
        .bind("asked", asked.name())
        .bind("domain", view.domain())
        .bind("view", view.name())
        .execute();
  }

  /** What it left was dropped. */
  static void forgetFailed(Handle handle, ViewDefinition view) {
    handle
        .createUpdate("update foldstream_rebuilds set state = 'CANCELLED' where " + OF_VIEW)
        .bind("domain", view.domain())
        .bind("view", view.name())
        .execute();
  }

  /** A number that the last rebuild left in this column. */
  static Optional<Integer> number(Handle handle, ViewDefinition view, String column) {
    return handle
        .createQuery("select " + column + " from foldstream_rebuilds where " + OF_VIEW)
        .bind("domain", view.domain())
        .bind("view", view.name())
        .map((rows, context) -> rows.getInt(1))
        .findOne();
  }

  static void switched(Handle handle, Rebuild rebuild, int liveBefore) {
    ours(
        handle,
        rebuild,
        "owner = null, ended_at = now(), state = 'DONE', reason = null, live_before = "
            + liveBefore,
        null);
  }

  static void release(Handle handle, Rebuild rebuild) {
    ours(handle, rebuild, "owner = null", null);
  }

  static void end(Handle handle, Rebuild rebuild, RebuildState state, @Nullable String reason) {
    String set =
        "owner = null, ended_at = now(), state = '%s', reason = :value".formatted(state.name());
    ours(handle, rebuild, set, reason);
  }

  static void compared(Handle handle, Rebuild rebuild, Comparison comparison) {
    ours(handle, rebuild, "comparison = :value::jsonb", StoredComparison.write(comparison));
  }

  private static void ours(Handle handle, Rebuild rebuild, String set, @Nullable String value) {
    int changed =
        handle
            .createUpdate("update foldstream_rebuilds set " + set + " where " + OURS)
            .configure(
                org.jdbi.v3.core.statement.SqlStatements.class,
                c -> c.setUnusedBindingAllowed(true))
            .bind("value", value)
            .bind("domain", rebuild.version().view().domain())
            .bind("view", rebuild.version().view().name())
            .bind("epoch", rebuild.epoch())
            .execute();
    if (changed == 0) {
      throw new RebuildLostException(rebuild);
    }
  }
}
