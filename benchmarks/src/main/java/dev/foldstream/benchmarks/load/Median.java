package dev.foldstream.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of some runs; of an even number the lower one. */
public final class Median {

  private Median() {}

  public static <R> double of(List<R> runs, ToDoubleFunction<R> figure) {
    return runs.stream()
        .mapToDouble(figure)
        .sorted()
        .skip((runs.size() - 1) / 2)
        .findFirst()
        .orElseThrow();
  }
}
