package dev.foldstream.topology.preview;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.build.Probe;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.StepCounts;
import dev.foldstream.topology.build.StepFailure;
import dev.foldstream.topology.preview.PreviewReport.Counts;
import dev.foldstream.topology.preview.PreviewReport.Dropped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts everything and lists the first of what was dropped and failed. For one thread. */
final class RecordingProbe implements Probe {

  private final int most;
  private final Map<String, OfStep> steps = new LinkedHashMap<>();
  private final Map<String, Long> failed = new HashMap<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private final List<StepFailure> failures = new ArrayList<>();

  RecordingProbe(int most) {
    this.most = most;
  }

  private final class OfStep implements StepCounts {
    private final String id;
    private long in;
    private long out;
    private final Map<DropReason, Long> reasons = new EnumMap<>(DropReason.class);

    private OfStep(String id) {
      this.id = id;
    }

    @Override
    public void in() {
      in++;
    }

    @Override
    public void out() {
      out++;
    }

    @Override
    public void dropped(DropReason reason, RecordPointer record) {
      reasons.merge(reason, 1L, Long::sum);
      if (dropped.size() < most) {
        dropped.add(new Dropped(id, reason, record));
      }
    }
  }

  @Override
  public StepCounts step(String id) {
    return steps.computeIfAbsent(id, OfStep::new);
  }

  @Override
  public void failed(StepFailure failure) {
    failed.merge(failure.step(), 1L, Long::sum);
    if (failures.size() < most) {
      failures.add(failure);
    }
  }

  Map<String, Counts> counts() {
    var counts = new LinkedHashMap<String, Counts>();
    steps.forEach(
        (id, step) ->
            counts.put(
                id,
                new Counts(
                    step.in, step.out, Map.copyOf(step.reasons), failed.getOrDefault(id, 0L))));
    return counts;
  }

  List<Dropped> dropped() {
    return List.copyOf(dropped);
  }

  List<StepFailure> failures() {
    return List.copyOf(failures);
  }
}
