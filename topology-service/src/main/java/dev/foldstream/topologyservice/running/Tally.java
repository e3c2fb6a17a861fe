package dev.foldstream.topologyservice.running;

import dev.foldstream.topology.build.Probe;
import dev.foldstream.topology.build.StepCounts;
import dev.foldstream.topology.build.StepFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts what the steps of one running version do; sets aside what they cannot take. */
public final class Tally implements Probe {

  private final Map<String, StepTally> steps = new ConcurrentHashMap<>();
  private final Consumer<StepFailure> setAside;

  /**
   * A tally of nothing.
   *
   * @param ids of all steps, so that those that never saw a record are there, too
   * @param setAside returns when the failure is stored
   */
  Tally(List<String> ids, Consumer<StepFailure> setAside) {
    this.setAside = setAside;
    ids.forEach(id -> steps.put(id, new StepTally()));
  }

  @Override
  public StepCounts step(String id) {
    return tally(id);
  }

  @Override
  public void failed(StepFailure failure) {
    setAside.accept(failure);
    tally(failure.step()).failedOnce();
  }

  /** By id. */
  public Map<String, StepTally> steps() {
    return Map.copyOf(steps);
  }

  public StepTally tally(String id) {
    return steps.computeIfAbsent(id, unknown -> new StepTally());
  }

  public long failures() {
    return steps.values().stream().mapToLong(StepTally::failed).sum();
  }

  void sample(long nanos) {
    steps.values().forEach(step -> step.sample(nanos));
  }
}
