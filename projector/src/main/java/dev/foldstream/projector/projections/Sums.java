package dev.foldstream.projector.projections;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Numbers over the parts of an answer: nothing, when any part is not known. */
final class Sums {

  private Sums() {}

  static <P> @Nullable Long over(
      Collection<P> parts, Function<P, @Nullable Long> number, LongBinaryOperator join) {
    long joined = 0;
    for (P part : parts) {
      Long next = number.apply(part);
      if (next == null) {
        return null;
      }
      joined = join.applyAsLong(joined, next);
    }
    return joined;
  }

  static <P> @Nullable Double least(Collection<P> parts, Function<P, @Nullable Double> number) {
    double least = 1;
    for (P part : parts) {
      Double next = number.apply(part);
      if (next == null) {
        return null;
      }
      least = Math.min(least, next);
    }
    return least;
  }

  /** What is done, of all that is done and to do. */
  static @Nullable Double share(@Nullable Long done, @Nullable Long left) {
    if (done == null || left == null) {
      return null;
    }
    return left == 0 ? 1.0 : (double) done / (done + left);
  }
}
