package dev.foldstream.viewstore.memory;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewShapeException;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rows.Declaration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps views in the memory of this JVM, as strictly as a store that lasts. */
public final class InMemoryViewStore implements ViewStore {

  private static final class Kept {
    private final SortedMap<String, String> declaration;
    private final Map<String, StoredRow> rows = new TreeMap<>();
    private final Map<TopicPartitionName, OwnedPosition> positions = new TreeMap<>();

    Kept(ViewDefinition view) {
      this.declaration = Declaration.of(view.feature());
      view.start().keySet().forEach(p -> positions.put(p, OwnedPosition.UNCLAIMED));
    }
  }

  private final Map<String, Kept> views = new HashMap<>();
  private final InMemoryViewOperations operations = new InMemoryViewOperations();

  @Override
  public synchronized ViewVersion prepare(ViewDefinition view) {
    var version = new ViewVersion(view, 1);
    Kept kept = views.computeIfAbsent(view.path(), path -> new Kept(view));
    List<String> differences =
        Declaration.differences(kept.declaration, Declaration.of(view.feature()));
    if (!differences.isEmpty()) {
      throw new ViewShapeException(version, "memory", differences);
    }
    return version;
  }

  @Override
  public synchronized void forget(ViewDefinition view) {
    views.remove(view.path());
  }

  private Kept kept(ViewVersion version) {
    Kept kept = views.get(version.view().path());
    if (kept == null) {
      throw new IllegalStateException(version + " was not prepared");
    }
    return kept;
  }

  @Override
  public synchronized Map<TopicPartitionName, OwnedPosition> positions(ViewVersion version) {
    return new TreeMap<>(kept(version).positions);
  }

  @Override
  public synchronized Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    var claimed = new TreeMap<TopicPartitionName, OwnedPosition>();
    for (TopicPartitionName partition : partitions) {
      OwnedPosition before =
          kept(version).positions.getOrDefault(partition, OwnedPosition.UNCLAIMED);
      claimed.put(
          partition, new OwnedPosition(before.position(), before.epoch() + 1, before.movedAt()));
    }
    kept(version).positions.putAll(claimed);
    return claimed;
  }

  @Override
  public synchronized Map<String, StoredRow> load(ViewVersion version, Collection<String> keys) {
    var loaded = new HashMap<String, StoredRow>();
    for (String key : keys) {
      StoredRow row = kept(version).rows.get(key);
      if (row != null) {
        loaded.put(key, row);
      }
    }
    return loaded;
  }

  @Override
  public synchronized Map<String, StoredRow> commit(ViewBatch batch) {
    Kept kept = kept(batch.version());
    for (PositionMove move : batch.moves()) {
      OwnedPosition found = kept.positions.getOrDefault(move.partition(), OwnedPosition.UNCLAIMED);
      if (found.epoch() != move.epoch() || !found.position().equals(move.expected())) {
        throw new PositionConflictException(batch.version(), batch.moves());
      }
    }
    for (RowChange change : batch.changes()) {
      if (kept.rows.getOrDefault(change.key(), StoredRow.NONE).revision()
          != change.expectedRevision()) {
        throw new RowConflictException("row '" + change.key() + "' is not as it was loaded");
      }
    }
    batch.changes().forEach(change -> write(kept, change));
    batch
        .moves()
        .forEach(
            move ->
                kept.positions.put(
                    move.partition(), new OwnedPosition(move.next(), move.epoch(), Instant.now())));
    operations.commit(batch);
    return Map.of();
  }

  @Override
  public ViewOperations operations() {
    return operations;
  }

  private static void write(Kept kept, RowChange change) {
    if (change.row() == null) {
      kept.rows.remove(change.key());
    } else {
      kept.rows.put(change.key(), new StoredRow(change.revision(), change.row(), Map.of(), ""));
    }
  }

  /** All rows of the view, in order of key. */
  public synchronized List<ViewRow> rows(ViewVersion version) {
    return kept(version).rows.entrySet().stream()
        .flatMap(
            entry ->
                java.util.stream.Stream.ofNullable(entry.getValue().row())
                    .map(row -> new ViewRow(entry.getKey(), entry.getValue().revision(), row)))
        .toList();
  }

  @Override
  public void close() {}
}
