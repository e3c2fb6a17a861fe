package dev.foldstream.topologyservice.answers;

import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.HandOver;
import dev.foldstream.topologyservice.registry.Head;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topology: what is wanted of it, and how it does in this process.
 *
 * @param promotion how far a promotion came that goes on; null when none does
 * @param since when what is wanted was changed last
 * @param running what runs here, the live version first
 */
public record TopologyAnswer(
    String name,
    long revision,
    String desired,
    Instant since,
    String by,
    @Nullable Integer live,
    @Nullable Integer candidate,
    @Nullable Integer previous,
    @Nullable String promotion,
    List<RunAnswer> running,
    List<VersionAnswer> versions) {

  public static TopologyAnswer of(Entry entry, List<Run> runs, LagBoard lags) {
    Head head = entry.head();
    HandOver handOver = head.handOver();
    return new TopologyAnswer(
        head.name(),
        head.revision(),
        head.desired().name(),
        head.since(),
        head.by(),
        head.live(),
        head.candidate(),
        head.previous(),
        handOver == null ? null : handOver.phase().name(),
        runs.stream().map(run -> RunAnswer.of(run, lags)).toList(),
        entry.versions().values().stream().map(VersionAnswer::of).toList().reversed());
  }
}
