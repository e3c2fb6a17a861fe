package dev.foldstream.topology.build;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * A state for each key, forgotten when the key was not seen for a while: never before that time is
 * over, and at the latest when it is over twice. Time is that of the records of the partition.
 *
 * <p>A state lies under the stretch of time in which it was last stored, and whole stretches are
 * thrown away; nothing is searched for what is old.
 */
final class RecentState {

  private final long forgetMillis;
  private final ProcessingContext context;
  private final WindowStore<String, byte[]> store;

  RecentState(ProcessingContext context, String store, long forgetMillis) {
    this.context = context;
    this.forgetMillis = forgetMillis;
    this.store = Objects.requireNonNull(context.getStateStore(store), store);
  }

  byte @Nullable [] get(String key) {
    long stretch = stretch();
    byte[] state = store.fetch(key, stretch);
    return state != null || stretch == 0 ? state : store.fetch(key, stretch - forgetMillis);
  }

  void put(String key, byte[] state) {
    store.put(key, state, stretch());
  }

  /** Of the newest record so far, so that a late one does not go back to an older state. */
  private long stretch() {
    return Math.max(0, Math.floorDiv(context.currentStreamTimeMs(), forgetMillis) * forgetMillis);
  }
}
