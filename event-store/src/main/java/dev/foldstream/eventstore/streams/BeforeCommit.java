package dev.foldstream.eventstore.streams;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs something in each task right before its commit, within the same transaction.
 *
 * <p>The tasks of a stream thread share one transaction, and Kafka Streams waits after each of them
 * until what it sent is acknowledged. So the first that is asked runs the work of all: they wait
 * once for all that they send, and not one after the other.
 *
 * <p>Kafka Streams has no such hook of its own. But before each commit it empties the caches of a
 * task's stores, and this is a cache that keeps nothing. Its interface is internal to Kafka
 * Streams; should it cease to be called, a store would be found behind its log at the next start,
 * and refused.
 */
public final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {

  public static final String NAME = "before-commit";

  private static final ThreadLocal<List<BeforeCommit>> OF_THREAD =
      ThreadLocal.withInitial(ArrayList::new);

  private @Nullable Runnable work;
  private boolean open;

  private BeforeCommit() {}

  public static StoreBuilder<BeforeCommit> store() {
    return new Builder();
  }

  /**
   * From now on, until the store is closed; it is opened anew after every abort. To be called by
   * the stream thread that owns the task.
   *
   * @param before does nothing when there is nothing to do
   */
  public void run(Runnable before) {
    work = before;
    List<BeforeCommit> all = OF_THREAD.get();
    all.removeIf(other -> other.work == null || other == this);
    all.add(this);
  }

  @Override
  public void flushCache() {
    if (work != null) {
      for (BeforeCommit task : OF_THREAD.get()) {
        if (task.work != null) {
          task.work.run();
        }
      }
    }
  }

  @Override
  public void clearCache() {
    work = null;
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean oldValues) {
    return false;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    work = null;
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private static final class Builder implements StoreBuilder<BeforeCommit> {

    @Override
    public StoreBuilder<BeforeCommit> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("it keeps nothing");
    }

    @Override
    public StoreBuilder<BeforeCommit> withLoggingDisabled() {
      return this;
    }

    @Override
    public BeforeCommit build() {
      return new BeforeCommit();
    }

    @Override
    public Map<String, String> logConfig() {
      return Collections.emptyMap();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return NAME;
    }
  }
}
