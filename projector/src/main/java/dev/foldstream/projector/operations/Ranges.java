package dev.foldstream.projector.operations;

import dev.foldstream.projector.operations.OperationAnswers.RangeAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Sequences as ranges. */
final class Ranges {

  private Ranges() {}

  static List<RangeAnswer> of(Collection<Long> sequences) {
    var ranges = new ArrayList<RangeAnswer>();
    for (long sequence : new TreeSet<>(sequences)) {
      if (!ranges.isEmpty() && ranges.getLast().last() == sequence - 1) {
        ranges.addLast(new RangeAnswer(ranges.removeLast().first(), sequence));
      } else {
        ranges.add(new RangeAnswer(sequence, sequence));
      }
    }
    return ranges;
  }
}
