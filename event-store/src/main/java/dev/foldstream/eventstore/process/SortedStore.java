package dev.foldstream.eventstore.process;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In memory, for the twin. */
final class SortedStore implements ProcessStore {

  private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    entries.remove(key);
  }

  @Override
  public byte @Nullable [] firstKey(byte[] from, byte[] to) {
    byte[] key = entries.ceilingKey(from);
    return key == null || Arrays.compareUnsigned(key, to) > 0 ? null : key;
  }

  /** A copy, as of a task that goes on elsewhere. */
  SortedStore copy() {
    var copy = new SortedStore();
    copy.entries.putAll(entries);
    return copy;
  }
}
