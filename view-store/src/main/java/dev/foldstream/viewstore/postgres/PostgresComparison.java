package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Comparison.Difference;
import dev.foldstream.viewstore.rebuild.Comparison.Reached;
import dev.foldstream.viewstore.rebuild.Comparison.What;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
  private static final String COLUMN = "column ";

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
        common(
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

  private static List<String> common(
      SortedMap<String, String> live, SortedMap<String, String> built) {
    return live.entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(COLUMN))
        .filter(fact -> fact.getValue().equals(built.get(fact.getKey())))
        .map(fact -> fact.getKey().substring(COLUMN.length()))
        .toList();
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
      var differences = new ArrayList<Difference>();
      boolean more = false;
      for (int bucket : buckets) {
        more |= !differ(bucket, differences);
      }
      return new Comparison(reached(at), rows(live), rows(built), columns, differences, more);
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

  private static List<Reached> reached(Map<TopicPartitionName, Position> at) {
    return at.entrySet().stream()
        .map(e -> new Reached(e.getKey().topic(), e.getKey().partition(), e.getValue().sequence()))
        .toList();
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

  /** Adds the keys of this bucket that differ; false when there was no room for all. */
  private boolean differ(int bucket, List<Difference> into) {
    if (into.size() >= Comparison.MAX_DIFFERENCES) {
      return false;
    }
    Map<String, Long> live = hashes(liveHandle, liveTable, bucket);
    Map<String, Long> built = hashes(builtHandle, builtTable, bucket);
    var keys = new TreeSet<>(live.keySet());
    keys.addAll(built.keySet());
    for (String key : keys) {
      What what = what(live.get(key), built.get(key));
      if (what != null) {
        if (into.size() >= Comparison.MAX_DIFFERENCES) {
          return false;
        }
        into.add(new Difference(key, what));
      }
    }
    return true;
  }

  private static @Nullable What what(@Nullable Long live, @Nullable Long built) {
    if (Objects.equals(live, built)) {
      return null;
    }
    if (live == null) {
      return What.ADDED;
    }
    return built == null ? What.MISSING : What.CHANGED;
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
