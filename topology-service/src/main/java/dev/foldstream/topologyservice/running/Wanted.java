package dev.foldstream.topologyservice.running;

import dev.foldstream.topologyservice.registry.Desired;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.HandOver;
import dev.foldstream.topologyservice.registry.HandOver.Phase;
import dev.foldstream.topologyservice.registry.StoredVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * A version that shall run.
 *
 * @param beside whether it writes sinks of its own, beside the live version
 */
record Wanted(StoredVersion version, boolean beside) {

  /** What shall run of a topology. */
  static List<Wanted> of(Entry entry) {
    var wanted = new ArrayList<Wanted>();
    if (entry.head().desired() != Desired.RUNNING) {
      return wanted;
    }
    HandOver handOver = entry.head().handOver();
    StoredVersion live = entry.live();
    if (live != null && (handOver == null || handOver.phase() == Phase.CANDIDATE_STOPS)) {
      wanted.add(new Wanted(live, false));
    }
    StoredVersion candidate = entry.candidate();
    if (candidate != null && handOver == null) {
      wanted.add(new Wanted(candidate, true));
    }
    return wanted;
  }
}
