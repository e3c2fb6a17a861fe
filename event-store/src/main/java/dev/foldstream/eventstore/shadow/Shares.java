package dev.foldstream.eventstore.shadow;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Divides what may be read among partitions: evenly, and what one does not need goes to others. */
final class Shares {

  private Shares() {}

  /**
   * How much of each is read.
   *
   * @param there how much each has
   * @param most of all together
   */
  static long[] of(long[] there, long most) {
    long left = most;
    long[] shares = new long[there.length];
    int[] smallestFirst =
        IntStream.range(0, there.length)
            .boxed()
            .sorted(Comparator.comparingLong(index -> there[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < smallestFirst.length; i++) {
      int index = smallestFirst[i];
      shares[index] = Math.min(there[index], Math.ceilDiv(left, smallestFirst.length - i));
      left -= shares[index];
    }
    return shares;
  }

  static long sum(long[] parts) {
    return Arrays.stream(parts).sum();
  }
}
