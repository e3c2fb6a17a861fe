package dev.foldstream.eventstore.process;

import java.time.Instant;

/** How many processes one partition has, by group. */
public record ProcessSummary(
    int partition,
    long running,
    long compensating,
    long done,
    long compensated,
    long failed,
    long standingStill,
    Instant at) {

  static ProcessSummary of(int partition, PartitionMark mark, Instant at) {
    return new ProcessSummary(
        partition,
        mark.count(Group.RUNNING),
        mark.count(Group.COMPENSATING),
        mark.count(Group.DONE),
        mark.count(Group.COMPENSATED),
        mark.count(Group.FAILED),
        mark.count(Group.STANDING_STILL),
        at);
  }
}
