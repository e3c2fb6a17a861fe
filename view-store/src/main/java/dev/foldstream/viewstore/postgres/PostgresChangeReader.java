package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.changes.ChangeCursor;
import dev.foldstream.viewstore.changes.ChangeCursor.Mark;
import dev.foldstream.viewstore.changes.ChangeReader;
import dev.foldstream.viewstore.changes.Changes;
import dev.foldstream.viewstore.rows.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Reads positions and changes in one statement, so in one snapshot. */
final class PostgresChangeReader implements ChangeReader {

  /** Keys of one answer at most; more are unknown. */
  static final int MAX_KEYS = 10_000;

  private static final int MAX_ENTRIES = 2_000;

  private static final String READ =
      """
      select p.topic, p.partition, p.sequence, v.live_version, c.from_sequence, c.to_sequence,
             c.number, c.keys,
             (select max(l.number) from foldstream_changes l
               where l.domain = p.domain and l.view = p.view and l.version = p.version
                 and l.topic = p.topic and l.partition = p.partition
                 and l.to_sequence = p.sequence) as last_number,
             p.quarantined > 0
        from foldstream_views v
        join foldstream_positions p
          on p.domain = v.domain and p.view = v.view and p.version = v.live_version
        left join unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
            as u(topic, partition, sequence, number)
          on u.topic = p.topic and u.partition = p.partition
        left join foldstream_changes c
          on ? and c.domain = p.domain and c.view = p.view and c.version = p.version
         and c.topic = p.topic and c.partition = p.partition
         and c.to_sequence >= coalesce(u.sequence, 0)
         and (c.to_sequence > coalesce(u.sequence, 0)
              or c.from_sequence = c.to_sequence and c.number > coalesce(u.number, 0))
       where v.domain = ? and v.view = ?
       order by c.number
       limit ?
      """;

  private record Found(
      TopicPartitionName partition,
      long position,
      int version,
      boolean isChange,
      long from,
      long to,
      long number,
      @Nullable String keys,
      long lastNumber,
      boolean setAside) {

    static Found read(ResultSet rows) throws SQLException {
      return new Found(
          new TopicPartitionName(rows.getString(1), rows.getInt(2)),
          rows.getLong(3),
          rows.getInt(4),
          rows.getObject(5) != null,
          rows.getLong(5),
          rows.getLong(6),
          rows.getLong(7),
          rows.getString(8),
          rows.getLong(9),
          rows.getBoolean(10));
    }
  }

  private final Jdbi jdbi;

  PostgresChangeReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Changes read(ViewDefinition view, @Nullable ChangeCursor after) {
    try {
      return changes(view, after, rows(view, after));
    } catch (JdbiException failure) {
      if (PostgresFailures.undefinedTable(failure)) {
        return Changes.unknown(start(view));
      }
      throw PostgresFailures.translate("read the changes of " + view.path(), failure);
    }
  }

  private List<Found> rows(ViewDefinition view, @Nullable ChangeCursor after) {
    Map<TopicPartitionName, Mark> marks = after == null ? Map.of() : after.marks();
    var partitions = List.copyOf(marks.keySet());
    Object[] sequences = partitions.stream().map(p -> mark(marks, p).sequence()).toArray();
    Object[] numbers = partitions.stream().map(p -> mark(marks, p).number()).toArray();
    return jdbi.withHandle(
        handle ->
            handle
                .select(READ)
                .bind(
                    0,
                    PostgresRows.array("text", partitions.stream().map(p -> p.topic()).toArray()))
                .bind(
                    1,
                    PostgresRows.array(
                        "bigint", partitions.stream().map(p -> (long) p.partition()).toArray()))
                .bind(2, PostgresRows.array("bigint", sequences))
                .bind(3, PostgresRows.array("bigint", numbers))
                .bind(4, after != null)
                .bind(5, view.domain())
                .bind(6, view.name())
                .bind(7, MAX_ENTRIES)
                .map((rows, context) -> Found.read(rows))
                .list());
  }

  private static Mark mark(Map<TopicPartitionName, Mark> marks, TopicPartitionName partition) {
    return marks.getOrDefault(partition, Mark.START);
  }

  private static ChangeCursor start(ViewDefinition view) {
    var marks = new TreeMap<TopicPartitionName, Mark>();
    view.start().keySet().forEach(partition -> marks.put(partition, Mark.START));
    return new ChangeCursor(1, marks);
  }

  private static Changes changes(
      ViewDefinition view, @Nullable ChangeCursor after, List<Found> found) {
    var marks = new TreeMap<>(start(view).marks());
    int version = 1;
    for (Found one : found) {
      version = one.version();
      marks.put(one.partition(), new Mark(one.position(), one.lastNumber()));
    }
    boolean setAside = found.stream().anyMatch(Found::setAside);
    var now = new ChangeCursor(version, marks);
    if (after == null || after.version() != version || found.size() >= MAX_ENTRIES) {
      return new Changes(now, Set.of(), false, setAside);
    }
    Set<String> keys = keys(found);
    return keys == null || keys.size() > MAX_KEYS || !follows(after, now, found)
        ? new Changes(now, Set.of(), false, setAside)
        : new Changes(now, keys, true, setAside);
  }

  /** Null when a commit does not name them. */
  private static @Nullable Set<String> keys(List<Found> found) {
    var keys = new HashSet<String>();
    for (Found one : found) {
      if (one.isChange()) {
        if (one.keys() == null) {
          return null;
        }
        keys.addAll(RowJson.texts(one.keys()));
      }
    }
    return keys;
  }

  /** Whether the changes lead from the cursor to the positions without a gap. */
  private static boolean follows(ChangeCursor after, ChangeCursor now, List<Found> found) {
    var reached = new TreeMap<TopicPartitionName, Long>();
    after.marks().forEach((partition, mark) -> reached.put(partition, mark.sequence()));
    for (Found one : found) {
      if (one.isChange()) {
        long before = reached.getOrDefault(one.partition(), 0L);
        if (one.from() != before) {
          return false;
        }
        reached.put(one.partition(), one.to());
      }
    }
    return now.marks().entrySet().stream()
        .allMatch(entry -> reached.getOrDefault(entry.getKey(), 0L) == entry.getValue().sequence());
  }
}
