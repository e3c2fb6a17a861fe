package dev.foldstream.projector.projection;

import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.QuarantineEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What waits in one partition, and how many events behind each. Used by the worker's thread. */
final class Holds {

  private final Map<Hold, Integer> counts = new HashMap<>();
  private int total;

  void reset(Collection<QuarantineEntry> open) {
    counts.clear();
    total = 0;
    open.forEach(this::add);
  }

  void add(QuarantineEntry entry) {
    counts.merge(entry.hold(), 1, Integer::sum);
    total++;
  }

  boolean isEmpty() {
    return total == 0;
  }

  int of(Hold hold) {
    return counts.getOrDefault(hold, 0);
  }

  int total() {
    return total;
  }
}
