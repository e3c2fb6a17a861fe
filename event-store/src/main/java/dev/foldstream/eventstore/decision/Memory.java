package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the outcome of every command for a time, so that a repeat gets it again.
 *
 * <p>The last {@value #MAX_RECENT} stand in the aggregate's entry, which is read anyway. One that
 * is pushed out while it is younger than the window gets a key of its own in the same store, and
 * the entry says that such keys exist. Each command also removes a few that are too old, so the
 * keys never outgrow the commands of one window for long.
 */
final class Memory {

  static final int MAX_RECENT = 8;

  /** More than one goes with each that comes, so the old ones run out. */
  static final int MAX_FORGOTTEN_AT_ONCE = 4;

  private final DecisionStore store;
  private final long windowMillis;

  /** No kept outcome is older than this. Unknown at first, which lets the first command look. */
  private long oldestMillis;

  Memory(DecisionStore store, Duration window) {
    this.store = store;
    this.windowMillis = window.toMillis();
  }

  /** An entry that remembers one more, and what it has no place for any longer. */
  record Remembering<S>(AggregateEntry<S> entry, List<Remembered> pushedOut) {}

  @Nullable Outcome find(byte[] aggregateId, AggregateEntry<?> entry, String commandId) {
    for (Remembered remembered : entry.recent()) {
      if (remembered.commandId().equals(commandId)) {
        return remembered.outcome();
      }
    }
    if (!entry.more()) {
      return null;
    }
    byte[] stored = store.get(StoreKeys.command(aggregateId, commandId));
    return stored == null ? null : Remembered.decode(commandId, stored).outcome();
  }

  /** Writes nothing. */
  <S> Remembering<S> remember(AggregateEntry<S> entry, Remembered latest) {
    var recent = new ArrayList<Remembered>(MAX_RECENT + 1);
    for (Remembered earlier : entry.recent()) {
      if (!earlier.commandId().equals(latest.commandId())) {
        recent.add(earlier);
      }
    }
    recent.add(latest);
    var pushedOut = new ArrayList<Remembered>();
    while (recent.size() > MAX_RECENT) {
      Remembered oldest = recent.removeFirst();
      if (oldest.atMillis() > latest.atMillis() - windowMillis) {
        pushedOut.add(oldest);
      }
    }
    boolean more = entry.more() || !pushedOut.isEmpty();
    return new Remembering<>(entry.remembering(recent, more), pushedOut);
  }

  void keep(byte[] aggregateId, List<Remembered> pushedOut, long nowMillis) {
    for (Remembered remembered : pushedOut) {
      byte[] key = StoreKeys.command(aggregateId, remembered.commandId());
      store.put(key, remembered.encode());
      store.put(StoreKeys.expiry(remembered.atMillis(), key), new byte[0]);
      oldestMillis = Math.min(oldestMillis, remembered.atMillis());
    }
    forget(nowMillis - windowMillis);
  }

  /** A look into the store costs as much as a write, so it is done only when something is due. */
  private void forget(long beforeMillis) {
    byte[] to = StoreKeys.expiryBound(Long.MAX_VALUE);
    for (int i = 0; i < MAX_FORGOTTEN_AT_ONCE && oldestMillis < beforeMillis; i++) {
      // From here on, not from the first: what was deleted before would be passed again.
      byte[] oldest = store.firstKey(StoreKeys.expiryBound(oldestMillis), to);
      oldestMillis = oldest == null ? Long.MAX_VALUE : StoreKeys.expiryTime(oldest);
      if (oldest == null || oldestMillis >= beforeMillis) {
        return;
      }
      store.delete(oldest);
      byte[] key = StoreKeys.commandOf(oldest);
      byte[] stored = store.get(key);
      // The id may have come again meanwhile, with a later time and an expiry of its own.
      if (stored != null && Remembered.timeOf(stored) == oldestMillis) {
        store.delete(key);
      }
    }
  }
}
