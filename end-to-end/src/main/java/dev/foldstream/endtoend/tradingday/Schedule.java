package dev.foldstream.endtoend.tradingday;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is still to happen on the day, in the order of time; at one time, in the order planned. */
final class Schedule {

  private record Step(Instant at, long number, Runnable action) {}

  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparing(Step::at).thenComparingLong(Step::number));
  private final Instant end;
  private Instant now;
  private long planned;

  Schedule(Instant start, Instant end) {
    this.now = start;
    this.end = end;
  }

  Instant now() {
    return now;
  }

  /** Nothing happens after the end of the day. */
  void at(Instant time, Runnable action) {
    if (time.isBefore(end)) {
      steps.add(new Step(time, planned++, action));
    }
  }

  void afterMillis(long millis, Runnable action) {
    at(now.plusMillis(millis), action);
  }

  void run() {
    for (var step = steps.poll(); step != null; step = steps.poll()) {
      now = step.at();
      step.action().run();
    }
  }
}
