package dev.foldstream.eventstore.decision;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Copies of what was read or written last, bounded by their size; never ahead of the store. */
final class HotEntries {

  static final long MAX_BYTES = 4L * 1024 * 1024;

  /** What a map and its objects take for each. */
  private static final long OVERHEAD_BYTES = 120;

  private final LinkedHashMap<Bytes, byte[]> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  byte @Nullable [] get(Bytes key) {
    return entries.get(key);
  }

  /** Keeps a value, or forgets the key when it has none. */
  void put(Bytes key, byte @Nullable [] value) {
    if (!StoreKeys.readOften(key.get())) {
      return;
    }
    byte[] before = value == null ? entries.remove(key) : entries.put(key, value);
    if (before != null) {
      bytes -= size(key, before);
    }
    if (value != null) {
      bytes += size(key, value);
    }
    shrink();
  }

  private void shrink() {
    Iterator<Map.Entry<Bytes, byte[]>> oldest = entries.entrySet().iterator();
    while (bytes > MAX_BYTES && oldest.hasNext()) {
      Map.Entry<Bytes, byte[]> entry = oldest.next();
      bytes -= size(entry.getKey(), entry.getValue());
      oldest.remove();
    }
  }

  private static long size(Bytes key, byte[] value) {
    return OVERHEAD_BYTES + key.get().length + value.length;
  }
}
