package dev.foldstream.eventstore.process;

import dev.foldstream.kernel.ProcessProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a tally process heard, in order. */
record Tally(List<String> heard, boolean failed) {

  Tally hearing(String what, boolean fails) {
    var all = new java.util.ArrayList<>(heard);
    all.add(what);
    return new Tally(List.copyOf(all), fails);
  }

  /** What it tells. */
  record TallyProgress(
      String step,
      @Nullable String waitingFor,
      int attempts,
      ProcessProgress.Outcome outcome,
      @Nullable String reason)
      implements ProcessProgress {}
}
