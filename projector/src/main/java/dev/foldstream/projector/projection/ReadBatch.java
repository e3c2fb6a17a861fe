package dev.foldstream.projector.projection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read of a poll.
 *
 * @param steps of each partition in their order, up to its first fault
 * @param faults what is wrong with the next event of a partition
 */
record ReadBatch(List<Step> steps, Map<OwnedPartition, String> faults) {

  /** Without partitions that stand still since it was read: they are read again. */
  ReadBatch readable() {
    if (steps.stream().allMatch(step -> step.partition().reads())) {
      return this;
    }
    var faultsLeft = new HashMap<OwnedPartition, String>(faults);
    faultsLeft.keySet().removeIf(partition -> !partition.reads());
    return new ReadBatch(
        steps.stream().filter(step -> step.partition().reads()).toList(), faultsLeft);
  }
}
