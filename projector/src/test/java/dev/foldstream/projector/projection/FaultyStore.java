package dev.foldstream.projector.projection;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A real store, with faults before and after its commits. */
final class FaultyStore implements ViewStore {

  /** Does something before or after the n-th commit. */
  interface Fault {
    void at(int commit);
  }

  private final ViewStore real;
  private final Fault before;
  private final Fault after;
  private final AtomicInteger commits = new AtomicInteger();

  FaultyStore(ViewStore real, Fault before, Fault after) {
    this.real = real;
    this.before = before;
    this.after = after;
  }

  @Override
  public ViewVersion prepare(ViewDefinition view) {
    return real.prepare(view);
  }

  @Override
  public boolean isLive(ViewVersion version) {
    return real.isLive(version);
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> positions(ViewVersion version) {
    return real.positions(version);
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    return real.claim(version, partitions, owner);
  }

  @Override
  public Map<String, StoredRow> load(ViewVersion version, Collection<String> keys) {
    return real.load(version, keys);
  }

  @Override
  public Map<String, StoredRow> commit(ViewBatch batch) {
    int commit = commits.incrementAndGet();
    before.at(commit);
    Map<String, StoredRow> stored = real.commit(batch);
    after.at(commit);
    return stored;
  }

  @Override
  public void forget(ViewDefinition view) {
    real.forget(view);
  }

  @Override
  public ViewOperations operations() {
    return real.operations();
  }

  @Override
  public void close() {}
}
