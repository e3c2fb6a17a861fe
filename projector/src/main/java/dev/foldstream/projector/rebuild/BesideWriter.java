package dev.foldstream.projector.rebuild;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.fold.UnfoldableEventException;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Folds events into a version that nobody else writes, and writes many at once. */
final class BesideWriter {

  private final ProjectionTarget target;
  private final ViewRebuilds rebuilds;
  private final ViewVersion version;
  private final RebuildSettings settings;
  private final FoldedRows rows;
  private final Map<TopicPartitionName, OwnedPosition> written;

  /** Events since the last write that touched a row. */
  private final Map<TopicPartitionName, Long> applied = new HashMap<>();

  private boolean empty;
  private int folded;

  private BesideWriter(
      ProjectionTarget target,
      ViewRebuilds rebuilds,
      ViewVersion version,
      RebuildSettings settings,
      Map<TopicPartitionName, OwnedPosition> claimed) {
    this.target = target;
    this.rebuilds = rebuilds;
    this.version = version;
    this.settings = settings;
    this.written = new TreeMap<>(claimed);
    this.empty = rebuilds.isEmpty(version);
    this.rows = new FoldedRows(version.view(), this::stored);
  }

  /** Makes whoever wrote the version before a stranger to it. */
  static BesideWriter claim(
      ProjectionTarget target,
      ViewRebuilds rebuilds,
      ViewVersion version,
      RebuildSettings settings,
      String owner) {
    var claimed = target.store().claim(version, version.view().start().keySet(), owner);
    return new BesideWriter(target, rebuilds, version, settings, claimed);
  }

  private Map<String, StoredRow> stored(Collection<String> keys) {
    return empty ? Map.of() : target.store().load(version, keys);
  }

  /** Up to where rows and positions are in the store. */
  Map<TopicPartitionName, Position> positions() {
    var positions = new TreeMap<TopicPartitionName, Position>();
    written.forEach((partition, owned) -> positions.put(partition, owned.position()));
    return positions;
  }

  void fold(List<RecordedEvent<Object>> events) {
    try {
      for (RecordedEvent<Object> event : rows.fold(events)) {
        var place = event.place();
        applied.merge(new TopicPartitionName(place.topic(), place.partition()), 1L, Long::sum);
      }
      folded += events.size();
    } catch (UnfoldableEventException poison) {
      throw new CannotRebuildException(
          "the event at sequence %d, offset %d of %s-%d cannot be folded: %s"
              .formatted(
                  poison.place().sequence(),
                  poison.place().offset(),
                  poison.place().topic(),
                  poison.place().partition(),
                  poison.getMessage()));
    }
  }

  boolean full() {
    return rows.size() >= settings.rebuildKeys() || folded >= settings.rebuildEvents();
  }

  /** Writes what was folded with the positions up to which it was. */
  void write(Map<TopicPartitionName, Position> reached) {
    List<PositionMove> moves =
        reached.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(owned(entry.getKey()).position()))
            .map(entry -> move(entry.getKey(), entry.getValue()))
            .toList();
    if (moves.isEmpty()) {
      return;
    }
    List<RowChange> changes = rows.changes();
    Map<String, StoredRow> stored;
    try {
      stored = rebuilds.write(new ViewBatch(version, changes, moves));
      empty &= changes.isEmpty();
    } catch (RowRefusedException refused) {
      throw new CannotRebuildException("the store refuses a row: " + refused.getMessage());
    }
    moves.forEach(
        move ->
            written.computeIfPresent(
                move.partition(),
                (partition, owned) ->
                    new OwnedPosition(move.next(), owned.epoch(), owned.movedAt())));
    rows.written(changes, stored, settings.rebuildKeys() / 2);
    folded = 0;
    applied.clear();
  }

  private PositionMove move(TopicPartitionName partition, Position next) {
    OwnedPosition from = owned(partition);
    long taken = applied.getOrDefault(partition, 0L);
    long read = next.sequence() - from.position().sequence();
    return new PositionMove(
        partition,
        from.position(),
        next,
        from.epoch(),
        new LedgerCounts(taken, read - taken, 0, 0));
  }

  private OwnedPosition owned(TopicPartitionName partition) {
    return written.getOrDefault(partition, OwnedPosition.UNCLAIMED);
  }
}
