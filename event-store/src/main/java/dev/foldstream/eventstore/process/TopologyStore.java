package dev.foldstream.eventstore.process;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store of Kafka Streams, part of the task's transaction. */
final class TopologyStore implements ProcessStore {

  private final KeyValueStore<Bytes, byte[]> store;

  TopologyStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    store.delete(Bytes.wrap(key));
  }

  @Override
  public byte @Nullable [] firstKey(byte[] from, byte[] to) {
    try (var keys = store.range(Bytes.wrap(from), Bytes.wrap(to))) {
      return keys.hasNext() ? keys.next().key.get() : null;
    }
  }
}
