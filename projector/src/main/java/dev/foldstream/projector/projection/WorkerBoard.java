package dev.foldstream.projector.projection;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker shows to others. Written by its thread, read by any. */
final class WorkerBoard {

  private final ProjectionTarget target;
  private volatile WorkerProgress progress;

  WorkerBoard(ProjectionTarget target) {
    this.target = target;
    this.progress = new WorkerProgress(target, 0, WorkState.STARTING, null, List.of(), 0);
  }

  WorkerProgress progress() {
    return progress;
  }

  void version(int number) {
    var now = progress;
    progress =
        new WorkerProgress(
            target, number, now.state(), now.reason(), now.partitions(), now.events());
  }

  void state(WorkState state, @Nullable String reason) {
    var now = progress;
    progress =
        new WorkerProgress(target, now.version(), state, reason, now.partitions(), now.events());
  }

  void partitions(Collection<OwnedPartition> owned) {
    var now = progress;
    List<PartitionProgress> partitions =
        owned.stream()
            .map(OwnedPartition::progress)
            .sorted(Comparator.comparing(PartitionProgress::partition))
            .toList();
    progress =
        new WorkerProgress(
            target, now.version(), now.state(), now.reason(), partitions, now.events());
  }

  void worked(int events) {
    var now = progress;
    progress =
        new WorkerProgress(
            target,
            now.version(),
            now.state(),
            now.reason(),
            now.partitions(),
            now.events() + events);
  }
}
