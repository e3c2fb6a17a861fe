package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import dev.foldstream.viewstore.rebuild.ViewRebuilds.CatchUp;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Makes another version live in one transaction.
 *
 * <p>It holds the positions of the live version, so whoever moves them waits, while the other
 * version is brought to the same events on another connection. Then the live version, the name that
 * stays and the claims change at once. Readers go on until the commit, and a writer that waited
 * finds its claim void.
 */
final class PostgresSwitch {

  /** A reader that holds the name longer makes the switch wait for another try. */
  private static final String TIMEOUTS =
      "set local lock_timeout = '3s'; set local statement_timeout = '20s';"
          + " set local idle_in_transaction_session_timeout = '20s'";

  private PostgresSwitch() {}

  static void makeLive(Handle handle, Rebuild rebuild, CatchUp last) {
    ViewVersion next = rebuild.version();
    ViewDefinition view = next.view();
    handle.execute(TIMEOUTS);
    int live = lockLive(handle, view);
    var before = new ViewVersion(view, live);
    Map<TopicPartitionName, Position> seen = lockPositions(handle, before);
    last.to(seen);
    RebuildRules.refuseBehind(before, seen, next, positions(handle, next));
    handle.execute(
        "update foldstream_positions set epoch = epoch + 1 where domain = ? and view = ? and version = ?",
        view.domain(),
        view.name(),
        live);
    handle.execute(
        "update foldstream_views set live_version = ? where domain = ? and view = ?",
        next.number(),
        view.domain(),
        view.name());
    name(handle, next);
    PostgresRebuildTable.switched(handle, rebuild, live);
    handle.execute("select pg_notify(?, ?)", PostgresPositions.CHANNEL, view.path());
  }

  private static int lockLive(Handle handle, ViewDefinition view) {
    return handle
        .select(
            "select live_version from foldstream_views where domain = ? and view = ? for update")
        .bind(0, view.domain())
        .bind(1, view.name())
        .mapTo(Integer.class)
        .one();
  }

  private static Map<TopicPartitionName, Position> lockPositions(Handle handle, ViewVersion live) {
    handle
        .select(
            "select 1 from foldstream_positions where domain = ? and view = ? and version = ?"
                + " order by topic, partition for update")
        .bind(0, live.view().domain())
        .bind(1, live.view().name())
        .bind(2, live.number())
        .mapTo(Integer.class)
        .list();
    return positions(handle, live);
  }

  private static Map<TopicPartitionName, Position> positions(Handle handle, ViewVersion version) {
    var positions = new TreeMap<TopicPartitionName, Position>();
    PostgresPositions.of(handle, version)
        .forEach((partition, owned) -> positions.put(partition, owned.position()));
    return positions;
  }

  /** A view can be replaced while its columns stay; otherwise it is made anew. */
  private static void name(Handle handle, ViewVersion next) {
    var table = new PostgresTable(next);
    String name = StoreNames.table(next.view());
    if (!columns(handle, name).equals(columns(handle, table.name()))) {
      handle.execute("drop view if exists \"%s\"".formatted(name));
    }
    handle.execute(table.createStableView());
  }

  private static List<String> columns(Handle handle, String relation) {
    return handle
        .select(
            """
            select attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attcollation
              from pg_attribute
             where attrelid = to_regclass(?) and attnum > 0 and not attisdropped
             order by attnum
            """)
        .bind(0, '"' + relation + '"')
        .mapTo(String.class)
        .list();
  }
}
