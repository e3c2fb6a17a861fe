package dev.foldstream.topologyservice.running;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows, over the last ten samples, which are a second apart. */
final class Rate {

  static final int SAMPLES = 10;
  private static final double NANOS = 1_000_000_000.0;

  private record Sample(long nanos, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  synchronized void sample(long nanos, long count) {
    samples.addLast(new Sample(nanos, count));
    if (samples.size() > SAMPLES + 1) {
      samples.removeFirst();
    }
  }

  synchronized double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (last.count() - first.count()) * NANOS / Math.max(1, last.nanos() - first.nanos());
  }
}
