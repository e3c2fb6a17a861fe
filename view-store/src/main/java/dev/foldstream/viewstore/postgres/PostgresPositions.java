package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of positions. A move tells the listeners in its own transaction. */
final class PostgresPositions {

  /** Its payload is the path of the view whose positions moved. */
  static final String CHANNEL = "foldstream_positions";

  private static final String COLUMNS = "topic, partition, sequence, next_offset, epoch, moved_at";

  private static final String CLAIM =
      """
      insert into foldstream_positions as p
        (domain, view, version, topic, partition, sequence, next_offset, epoch, owner)
      select ?, ?, ?, u.topic, u.partition, 0, 0, 1, ?
        from unnest(?::text[], ?::bigint[]::integer[]) as u(topic, partition)
      on conflict (domain, view, version, topic, partition)
        do update set epoch = p.epoch + 1, owner = excluded.owner
      returning\s"""
          + COLUMNS;

  private static final String MOVE =
      """
      with moved as (
        update foldstream_positions p
           set sequence = u.next_sequence, next_offset = u.next_offset, moved_at = now(),
               applied = p.applied + u.applied, filtered = p.filtered + u.filtered,
               quarantined = p.quarantined + u.quarantined, discarded = p.discarded + u.discarded
          from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                      ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
            as u(topic, partition, sequence, expected_offset, next_sequence, next_offset, epoch,
                 applied, filtered, quarantined, discarded)
         where p.domain = ? and p.view = ? and p.version = ?
           and p.topic = u.topic and p.partition = u.partition
           and p.sequence = u.sequence and p.next_offset = u.expected_offset and p.epoch = u.epoch
        returning 1)
      select count(*) from moved, pg_notify(?, ?)
      """;

  private static final String OF_VERSION =
      "select "
          + COLUMNS
          + " from foldstream_positions where domain = ? and view = ? and version = ?";

  private static final String OF_LIVE_VERSION =
      """
      select p.topic, p.partition, p.sequence, p.next_offset, p.epoch, p.moved_at, p.quarantined
        from foldstream_positions p
        join foldstream_views v
          on v.domain = p.domain and v.view = p.view and v.live_version = p.version
       where p.domain = ? and p.view = ?
      """;

  private PostgresPositions() {}

  static Map<TopicPartitionName, OwnedPosition> claim(
      Handle handle, ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    List<TopicPartitionName> ordered = partitions.stream().sorted().toList();
    return collect(
        handle
            .select(CLAIM)
            .bind(0, version.view().domain())
            .bind(1, version.view().name())
            .bind(2, version.number())
            .bind(3, owner)
            .bind(4, PostgresRows.array("text", topics(ordered)))
            .bind(5, PostgresRows.array("bigint", numbers(ordered))));
  }

  private static Object[] topics(Collection<TopicPartitionName> partitions) {
    return partitions.stream().map(TopicPartitionName::topic).toArray();
  }

  private static Object[] numbers(Collection<TopicPartitionName> partitions) {
    return partitions.stream().map(p -> (long) p.partition()).toArray();
  }

  /** Moves all of the batch's positions or throws, which rolls the transaction back. */
  static void move(Handle handle, ViewBatch batch) {
    List<PositionMove> moves = batch.moves();
    List<TopicPartitionName> partitions = moves.stream().map(PositionMove::partition).toList();
    long moved =
        handle
            .select(MOVE)
            .bind(0, PostgresRows.array("text", topics(partitions)))
            .bind(1, PostgresRows.array("bigint", numbers(partitions)))
            .bind(2, longs(moves, m -> m.expected().sequence()))
            .bind(3, longs(moves, m -> m.expected().nextOffset()))
            .bind(4, longs(moves, m -> m.next().sequence()))
            .bind(5, longs(moves, m -> m.next().nextOffset()))
            .bind(6, longs(moves, PositionMove::epoch))
            .bind(7, longs(moves, m -> m.counts().applied()))
            .bind(8, longs(moves, m -> m.counts().filtered()))
            .bind(9, longs(moves, m -> m.counts().quarantined()))
            .bind(10, longs(moves, m -> m.counts().discarded()))
            .bind(11, batch.version().view().domain())
            .bind(12, batch.version().view().name())
            .bind(13, batch.version().number())
            .bind(14, CHANNEL)
            .bind(15, batch.version().view().path())
            .mapTo(Long.class)
            .one();
    if (moved != moves.size()) {
      throw new PositionConflictException(batch.version(), moves);
    }
  }

  private static org.jdbi.v3.core.argument.Argument longs(
      List<PositionMove> moves, java.util.function.ToLongFunction<PositionMove> number) {
    return PostgresRows.array("bigint", moves.stream().map(number::applyAsLong).toArray());
  }

  static Map<TopicPartitionName, OwnedPosition> of(Handle handle, ViewVersion version) {
    return withStart(
        version.view(),
        collect(
            handle
                .select(OF_VERSION)
                .bind(0, version.view().domain())
                .bind(1, version.view().name())
                .bind(2, version.number())));
  }

  static Map<TopicPartitionName, OwnedPosition> ofLiveVersion(Handle handle, ViewDefinition view) {
    return live(handle, view).all();
  }

  /**
   * The positions of the live version.
   *
   * @param quarantined whether anything waits in the quarantine
   */
  record Live(Map<TopicPartitionName, OwnedPosition> all, boolean quarantined) {}

  static Live live(Handle handle, ViewDefinition view) {
    var positions = new TreeMap<TopicPartitionName, OwnedPosition>();
    boolean quarantined = false;
    var rows =
        handle
            .select(OF_LIVE_VERSION)
            .bind(0, view.domain())
            .bind(1, view.name())
            .map(
                (found, context) -> {
                  positions.put(partition(found), position(found));
                  return found.getLong("quarantined") > 0;
                })
            .list();
    for (boolean waits : rows) {
      quarantined |= waits;
    }
    return new Live(withStart(view, positions), quarantined);
  }

  /** Every partition at its start. */
  static Map<TopicPartitionName, OwnedPosition> unclaimed(ViewDefinition view) {
    return view.start().keySet().stream()
        .collect(Collectors.toMap(p -> p, p -> OwnedPosition.UNCLAIMED, (a, b) -> a, TreeMap::new));
  }

  private static Map<TopicPartitionName, OwnedPosition> withStart(
      ViewDefinition view, Map<TopicPartitionName, OwnedPosition> found) {
    Map<TopicPartitionName, OwnedPosition> all = unclaimed(view);
    found.forEach((partition, position) -> all.computeIfPresent(partition, (p, s) -> position));
    return all;
  }

  private static Map<TopicPartitionName, OwnedPosition> collect(Query query) {
    var positions = new TreeMap<TopicPartitionName, OwnedPosition>();
    query
        .map((rows, context) -> Map.entry(partition(rows), position(rows)))
        .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
    return positions;
  }

  private static TopicPartitionName partition(ResultSet rows) throws SQLException {
    return new TopicPartitionName(rows.getString("topic"), rows.getInt("partition"));
  }

  private static OwnedPosition position(ResultSet rows) throws SQLException {
    return new OwnedPosition(
        new Position(rows.getLong("sequence"), rows.getLong("next_offset")),
        rows.getLong("epoch"),
        rows.getObject("moved_at", OffsetDateTime.class).toInstant());
  }
}
