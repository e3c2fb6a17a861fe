package dev.foldstream.topologyservice.answers;

import dev.foldstream.topologyservice.positions.Lag;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Observed;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.Tally;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topology in a list, and in the stream of changes.
 *
 * @param state of the live version in this process: PAUSED or DELETED when that is wanted
 * @param failed events that this process set aside since it was started
 */
public record TopologyLine(
    String name,
    long revision,
    String desired,
    @Nullable Integer live,
    @Nullable Integer candidate,
    String state,
    Instant since,
    @Nullable String reason,
    @Nullable Long lagEvents,
    long failed) {

  public static TopologyLine of(Entry entry, List<Run> runs, LagBoard lags) {
    Run run = runs.stream().filter(found -> !found.beside()).findFirst().orElse(null);
    Observed observed = run == null ? null : run.observed();
    Lag lag = run == null ? null : lags.of(run).orElse(null);
    Tally tally = run == null ? null : run.tally();
    return new TopologyLine(
        entry.name(),
        entry.head().revision(),
        entry.head().desired().name(),
        entry.head().live(),
        entry.head().candidate(),
        observed == null ? withoutRun(entry) : observed.state().name(),
        observed == null ? entry.head().since() : observed.since(),
        observed == null ? null : observed.reason(),
        lag == null ? null : lag.events(),
        tally == null ? 0 : tally.failures());
  }

  private static String withoutRun(Entry entry) {
    return switch (entry.head().desired()) {
      case RUNNING -> Observed.State.STARTING.name();
      case PAUSED -> "PAUSED";
      case DELETED -> "DELETED";
    };
  }
}
