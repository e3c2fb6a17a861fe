package dev.foldstream.topologyservice.metrics;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.plan.StepNode;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Observed;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.StepTally;
import dev.foldstream.topologyservice.running.Tally;
import dev.foldstream.topologyservice.running.Topologies;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.annotation.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Meters of each run, from its start to its end. Few for each step: there may be many topologies.
 */
@Context
final class TopologyMetrics implements Topologies.RunListener {

  private final MeterRegistry registry;
  private final LagBoard lags;
  private final Map<Run, List<Meter>> meters = new ConcurrentHashMap<>();

  TopologyMetrics(MeterRegistry registry, LagBoard lags, Topologies topologies) {
    this.registry = registry;
    this.lags = lags;
    topologies.listen(this);
    for (Observed.State state : Observed.State.values()) {
      Gauge.builder("foldstream.topologies", topologies, all -> count(all, state))
          .description("versions that this process runs, or is to run, by state")
          .tag("state", state.name().toLowerCase(java.util.Locale.ROOT))
          .register(registry);
    }
  }

  private static double count(Topologies all, Observed.State state) {
    return all.all().stream().filter(run -> run.observed().state() == state).count();
  }

  @Override
  public void began(Run run) {
    Compiled compiled = run.compiled();
    Tally tally = run.tally();
    if (compiled == null || tally == null) {
      return;
    }
    var own = new ArrayList<Meter>();
    Tags tags = Tags.of("topology", run.version().name(), "version", "v" + run.version().version());
    own.add(
        Gauge.builder(
                "foldstream.topology.lag",
                run,
                any -> lags.of(any).map(lag -> (double) lag.events()).orElse(Double.NaN))
            .description("events that no process has read yet")
            .tags(tags)
            .register(registry));
    for (StepNode node : compiled.steps()) {
      StepTally step = tally.tally(node.id());
      Tags ofStep = tags.and("step", node.id());
      own.add(counter(ofStep.and("what", "in"), step, StepTally::taken));
      own.add(counter(ofStep.and("what", "out"), step, StepTally::given));
      own.add(counter(ofStep.and("what", "dropped"), step, StepTally::dropped));
      own.add(counter(ofStep.and("what", "failed"), step, StepTally::failed));
    }
    ended(run);
    meters.put(run, own);
  }

  private Meter counter(Tags tags, StepTally step, ToDoubleFunction<StepTally> value) {
    return FunctionCounter.builder("foldstream.topology.records", step, value)
        .description("records of a step in this process")
        .tags(tags)
        .register(registry);
  }

  @Override
  public void ended(Run run) {
    List<Meter> own = meters.remove(run);
    if (own != null) {
      own.forEach(registry::remove);
    }
  }
}
