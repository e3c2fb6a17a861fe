package dev.foldstream.eventstore.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The store of a Kafka Streams task. What was put waits until {@link #write}, which writes it all
 * at once: a key that was put several times is written and logged once in a transaction. Entries
 * that were used last are kept at hand.
 */
final class TaskStore implements DecisionStore {

  /** With more waiting it is written before the commit asks for it. */
  static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;

  /** What a map and its objects take for each. */
  private static final long OVERHEAD_BYTES = 120;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Bytes, byte @Nullable []> waiting = new LinkedHashMap<>();
  private final HotEntries hot = new HotEntries();
  private long waitingBytes;

  TaskStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    Bytes wrapped = Bytes.wrap(key);
    byte[] known = hot.get(wrapped);
    if (known == null) {
      known = waiting.get(wrapped);
      if (known == null && !waiting.containsKey(wrapped)) {
        known = store.get(wrapped);
      }
      hot.put(wrapped, known);
    }
    return known;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    change(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    change(Bytes.wrap(key), null);
  }

  private void change(Bytes key, byte @Nullable [] value) {
    waiting.put(key, value);
    hot.put(key, value);
    waitingBytes += OVERHEAD_BYTES + key.get().length + (value == null ? 0 : value.length);
    if (waitingBytes > MAX_WAITING_BYTES) {
      write();
    }
  }

  @Override
  public byte @Nullable [] firstKey(byte[] from, byte[] to) {
    write();
    try (var keys = store.range(Bytes.wrap(from), Bytes.wrap(to))) {
      return keys.hasNext() ? keys.next().key.get() : null;
    }
  }

  /** To be called before each commit. */
  void write() {
    if (waiting.isEmpty()) {
      return;
    }
    var all = new ArrayList<KeyValue<Bytes, byte[]>>(waiting.size());
    waiting.forEach((key, value) -> all.add(pair(key, value)));
    store.putAll(all);
    waiting.clear();
    waitingBytes = 0;
  }

  // Kafka Streams takes null for a deletion and does not say so.
  @SuppressWarnings("NullAway")
  private static KeyValue<Bytes, byte[]> pair(Bytes key, byte @Nullable [] value) {
    return KeyValue.pair(key, value);
  }
}
