package dev.foldstream.queryservice;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.QuarantineChange;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts rows into the stores of a view as a projector does, one event for each row. */
public final class Rows {

  private final QueryHost host;
  private final ViewDefinition view;
  private final TopicPartitionName partition;
  private final Map<ViewStoreKind, ViewVersion> versions = new EnumMap<>(ViewStoreKind.class);

  Rows(QueryHost host, ViewDefinition view) {
    this.host = host;
    this.view = view;
    this.partition = new TopicPartitionName(view.topics().getFirst(), 0);
  }

  /** Prepared once: it takes a connection of its own. */
  private ViewVersion version(ViewStoreKind kind) {
    return versions.computeIfAbsent(kind, store -> host.store(store).prepare(view));
  }

  /** The token of the event that this row came from, which is the same in every store. */
  public Token put(String key, @Nullable Record row) {
    long sequence =
        view.feature().stores().stream().mapToLong(this::position).max().orElseThrow() + 1;
    Token token = Token.EMPTY;
    for (ViewStoreKind kind : view.feature().stores()) {
      token = put(kind, key, row, sequence);
    }
    return token;
  }

  /** The next event of one store alone. */
  public Token put(ViewStoreKind kind, String key, @Nullable Record row) {
    return put(kind, key, row, position(kind) + 1);
  }

  /** The next event is one that the row with this key cannot take. */
  public Token setAside(ViewStoreKind kind, String key) {
    ViewStore store = host.store(kind);
    ViewVersion version = version(kind);
    OwnedPosition owned =
        Objects.requireNonNull(store.claim(version, Set.of(partition), "tests").get(partition));
    long sequence = owned.position().sequence() + 1;
    var entry =
        new QuarantineEntry(
            partition,
            sequence,
            sequence,
            key,
            Hold.row(key),
            QuarantineEntry.Kind.POISON,
            "fold-failed",
            "a test",
            1,
            Instant.now(),
            null);
    var move =
        new PositionMove(
            partition,
            owned.position(),
            new Position(sequence, sequence),
            owned.epoch(),
            new LedgerCounts(0, 0, 1, 0));
    store.commit(
        new ViewBatch(
            version, List.of(), List.of(move), new QuarantineChange(List.of(entry), List.of())));
    return Token.of(partition.topic(), partition.partition(), sequence);
  }

  private Token put(ViewStoreKind kind, String key, @Nullable Record row, long sequence) {
    ViewStore store = host.store(kind);
    ViewVersion version = version(kind);
    Map<TopicPartitionName, OwnedPosition> claimed =
        store.claim(version, Set.of(partition), "tests");
    OwnedPosition owned = Objects.requireNonNull(claimed.get(partition));
    StoredRow before = store.load(version, Set.of(key)).getOrDefault(key, StoredRow.NONE);
    var change =
        new RowChange(key, before, before.revision() + 1, row, Map.of(partition, sequence));
    var move =
        new PositionMove(
            partition, owned.position(), new Position(sequence, sequence), owned.epoch());
    store.commit(new ViewBatch(version, List.of(change), List.of(move)));
    return Token.of(partition.topic(), partition.partition(), sequence);
  }

  /** The token of the event after the next {@code distance} ones. */
  public Token ahead(ViewStoreKind kind, long distance) {
    return Token.of(partition.topic(), 0, position(kind) + distance);
  }

  private long position(ViewStoreKind kind) {
    ViewStore store = host.store(kind);
    var now = Objects.requireNonNull(store.positions(version(kind)).get(partition));
    return now.position().sequence();
  }
}
