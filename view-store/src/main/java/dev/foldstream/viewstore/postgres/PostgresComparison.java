package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Comparison.Reached;
import dev.foldstream.viewstore.rebuild.DifferingKeys;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Compares two tables without moving their rows: keys fall into buckets, and PostgreSQL sums two
 * hashes of the text of each row, which needs no order. Only the rows of buckets that differ are
 * looked at by key.
 *
 * <p>Revisions are not compared: they count from 1 again after a removal, and how far depends on
 * where batches were cut.
 */
final class PostgresComparison {

  private static final int BUCKETS = 1024;

  private final Handle liveHandle;
  private final Handle builtHandle;
  private final String liveTable;
  private final String builtTable;
  private final List<String> columns;
  private final String text;

  /** What one bucket holds. */
  private record Digest(long rows, String hashes) {}

  PostgresComparison(Handle liveHandle, ViewVersion live, Handle builtHandle, ViewVersion built) {
    this.liveHandle = liveHandle;
    this.builtHandle = builtHandle;
    this.liveTable = StoreNames.table(live);
    this.builtTable = StoreNames.table(built);
    this.columns =
        DifferingKeys.commonColumns(
            PostgresRegistry.kept(liveHandle, live).orElseThrow(),
            PostgresRegistry.kept(builtHandle, built).orElseThrow());
    this.text =
        "row(%s%s)::text"
            .formatted(
                PostgresTable.KEY,
                columns.stream()
                    .map(column -> ", \"" + StoreNames.column(column) + "\"")
                    .collect(Collectors.joining()));
  }

  Comparison compare(Map<TopicPartitionName, Position> at) {
    patient(liveHandle);
    builtHandle.begin();
    try {
      patient(builtHandle);
      SortedMap<Integer, Digest> live = digests(liveHandle, liveTable);
      SortedMap<Integer, Digest> built = digests(builtHandle, builtTable);
      var buckets = new TreeSet<>(live.keySet());
      buckets.addAll(built.keySet());
      buckets.removeIf(bucket -> Objects.equals(live.get(bucket), built.get(bucket)));
      var differing = new DifferingKeys();
      for (int bucket : buckets) {
        differ(bucket, differing);
      }
      return new Comparison(
          Reached.of(at), rows(live), rows(built), columns, differing.found(), differing.hasMore());
    } finally {
      builtHandle.rollback();
    }
  }

  /** Long, and every text the same on both connections. */
  private static void patient(Handle handle) {
    handle.execute("set local statement_timeout = '6h'");
    handle.execute("set local timezone = 'UTC'");
    handle.execute("set local extra_float_digits = 1");
  }

  private static long rows(SortedMap<Integer, Digest> digests) {
    return digests.values().stream().mapToLong(Digest::rows).sum();
  }

  private static String bucket() {
    return "(hashtextextended(%s, 0) & %d)".formatted(PostgresTable.KEY, BUCKETS - 1);
  }

  private SortedMap<Integer, Digest> digests(Handle handle, String table) {
    String sql =
        """
        select bucket, count(*),
               sum(hashtextextended(line, 1)::numeric) || ' ' || sum(hashtextextended(line, 2)::numeric)
          from (select %s as bucket, %s as line from "%s") as lines
         group by bucket
        """
            .formatted(bucket(), text, table);
    var digests = new TreeMap<Integer, Digest>();
    handle
        .select(sql)
        .map(
            (rows, context) ->
                Map.entry(rows.getInt(1), new Digest(rows.getLong(2), rows.getString(3))))
        .forEach(entry -> digests.put(entry.getKey(), entry.getValue()));
    return digests;
  }

  /** Adds the keys of this bucket that differ, as long as there is room. */
  private void differ(int bucket, DifferingKeys into) {
    if (into.full()) {
      into.more();
      return;
    }
    Map<String, Long> live = hashes(liveHandle, liveTable, bucket);
    Map<String, Long> built = hashes(builtHandle, builtTable, bucket);
    var keys = new TreeSet<>(live.keySet());
    keys.addAll(built.keySet());
    keys.forEach(key -> into.compare(key, live.get(key), built.get(key)));
  }

  private Map<String, Long> hashes(Handle handle, String table, int bucket) {
    var hashes = new HashMap<String, Long>();
    handle
        .select(
            "select %s, hashtextextended(%s, 1) from \"%s\" where %s = ?"
                .formatted(PostgresTable.KEY, text, table, bucket()))
        .bind(0, (long) bucket)
        .map((rows, context) -> Map.entry(rows.getString(1), rows.getLong(2)))
        .forEach(entry -> hashes.put(entry.getKey(), entry.getValue()));
    return hashes;
  }
}
