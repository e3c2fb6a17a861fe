package dev.foldstream.projector.projection;

import java.util.List;
import java.util.Map;

/**
 * What was read of a poll.
 *
 * @param steps of each partition in their order, up to its first fault
 * @param faults what is wrong with the next event of a partition
 */
record ReadBatch(List<Step> steps, Map<OwnedPartition, String> faults) {}
