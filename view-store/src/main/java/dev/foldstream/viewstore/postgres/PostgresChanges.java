package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code foldstream_changes}: for each commit and partition, from where to where the
 * position moved and which rows changed. It is written in the transaction that changes the rows.
 *
 * <p>It is not logged and not kept: a crash of the server empties it, and old entries are removed.
 * Readers see by the sequences that something is missing.
 */
final class PostgresChanges {

  static final List<String> TABLES =
      List.of(
          """
          create unlogged table if not exists foldstream_changes (
            domain text not null, view text not null, version integer not null,
            topic text not null, partition integer not null,
            from_sequence bigint not null, to_sequence bigint not null,
            number bigint generated always as identity,
            changed_at timestamptz not null default now(),
            keys text)
          """,
          """
          create index if not exists foldstream_changes_order on foldstream_changes
            (domain, view, version, topic, partition, to_sequence)
          """);

  /** A commit that changes more rows says so and does not name them. */
  static final int MAX_KEYS = 1_000;

  /** Entries that are kept of a partition. */
  private static final int MAX_ENTRIES = 5_000;

  private static final String MAX_AGE = "interval '10 minutes'";

  /** Commits of this process between two times that old entries are removed. */
  private static final int REMOVE_EVERY = 256;

  private static final String WRITE =
      """
      insert into foldstream_changes
        (domain, view, version, topic, partition, from_sequence, to_sequence, keys)
      select ?, ?, ?, u.topic, u.partition, u.from_sequence, u.to_sequence, u.keys
        from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
          as u(topic, partition, from_sequence, to_sequence, keys)
      """;

  private static final String REMOVE =
      """
      delete from foldstream_changes c using unnest(?::text[], ?::bigint[]) as u(topic, partition)
       where c.domain = ? and c.view = ? and c.topic = u.topic and c.partition = u.partition
         and (c.version < ? or c.changed_at < now() -\s"""
          + MAX_AGE
          + """
       or c.to_sequence < (
           select k.to_sequence from foldstream_changes k
            where k.domain = c.domain and k.view = c.view and k.version = c.version
              and k.topic = c.topic and k.partition = c.partition
            order by k.to_sequence desc offset ? limit 1))
      """;

  private final AtomicInteger commits = new AtomicInteger();

  /** Says with the batch what it changes. */
  void write(Handle handle, ViewBatch batch) {
    boolean many = batch.changes().size() > MAX_KEYS;
    Map<TopicPartitionName, Set<String>> keys = many ? Map.of() : keys(batch);
    List<PositionMove> told =
        batch.moves().stream()
            .filter(
                move ->
                    many
                        || keys.containsKey(move.partition())
                        || move.next().sequence() > move.expected().sequence())
            .toList();
    if (told.isEmpty()) {
      return;
    }
    handle.execute(
        WRITE,
        batch.version().view().domain(),
        batch.version().view().name(),
        batch.version().number(),
        PostgresRows.array("text", texts(told)),
        PostgresRows.array(
            "bigint", told.stream().map(m -> (long) m.partition().partition()).toArray()),
        PostgresRows.array("bigint", told.stream().map(m -> m.expected().sequence()).toArray()),
        PostgresRows.array("bigint", told.stream().map(m -> m.next().sequence()).toArray()),
        PostgresRows.array(
            "text",
            told.stream()
                .map(m -> many ? null : RowJson.texts(keys.getOrDefault(m.partition(), Set.of())))
                .toArray()));
    if (commits.incrementAndGet() % REMOVE_EVERY == 0) {
      remove(handle, batch, told);
    }
  }

  private static void remove(Handle handle, ViewBatch batch, List<PositionMove> told) {
    handle.execute(
        REMOVE,
        PostgresRows.array("text", texts(told)),
        PostgresRows.array(
            "bigint", told.stream().map(m -> (long) m.partition().partition()).toArray()),
        batch.version().view().domain(),
        batch.version().view().name(),
        batch.version().number(),
        MAX_ENTRIES);
  }

  private static Object[] texts(List<PositionMove> told) {
    return told.stream().map(move -> move.partition().topic()).toArray();
  }

  /** Each key with one of the partitions whose events changed its row. */
  private static Map<TopicPartitionName, Set<String>> keys(ViewBatch batch) {
    var moved = batch.moves().stream().map(PositionMove::partition).toList();
    var keys = new HashMap<TopicPartitionName, Set<String>>();
    for (RowChange change : batch.changes()) {
      TopicPartitionName partition =
          moved.stream()
              .filter(change.watermarks()::containsKey)
              .findFirst()
              .orElse(moved.getFirst());
      keys.computeIfAbsent(partition, p -> new TreeSet<>()).add(change.key());
    }
    return keys;
  }
}
