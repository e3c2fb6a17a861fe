package dev.foldstream.topologyservice.answers;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.positions.Lag;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Observed;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version in this process.
 *
 * @param role {@code live} or {@code candidate}
 * @param reason why it is parked or waits, or what ended it last
 * @param restarts how often it ended and was started anew
 * @param partitions that this process works on
 * @param outputs the topics it writes
 * @param lagEvents that no process has read yet; null while it is not known
 */
public record RunAnswer(
    int version,
    String role,
    String applicationId,
    String state,
    Instant since,
    @Nullable String reason,
    long restarts,
    List<Integer> partitions,
    List<String> outputs,
    @Nullable Long lagEvents,
    Map<String, Long> lagByTopic,
    List<StepAnswer> steps) {

  static RunAnswer of(Run run, LagBoard lags) {
    Observed observed = run.observed();
    Compiled compiled = run.compiled();
    Lag lag = lags.of(run).orElse(null);
    return new RunAnswer(
        run.version().version(),
        run.beside() ? "candidate" : "live",
        run.version().applicationId(),
        observed.state().name(),
        observed.since(),
        observed.reason(),
        run.failures(),
        List.copyOf(run.partitions()),
        compiled == null ? List.of() : outputs(run, compiled),
        lag == null ? null : lag.events(),
        lag == null ? Map.of() : lag.byTopic(),
        steps(compiled, run.tally()));
  }

  private static List<String> outputs(Run run, Compiled compiled) {
    int version = run.version().version();
    return Sources.outputs(compiled).stream()
        .map(topic -> run.beside() ? TopicNames.candidate(topic, version) : topic)
        .toList();
  }

  public static List<StepAnswer> steps(@Nullable Compiled compiled, @Nullable Tally tally) {
    if (compiled == null || tally == null) {
      return List.of();
    }
    return compiled.steps().stream()
        .map(node -> StepAnswer.of(node, tally.tally(node.id())))
        .toList();
  }
}
