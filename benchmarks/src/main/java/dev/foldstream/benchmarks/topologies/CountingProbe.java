package dev.foldstream.benchmarks.topologies;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.build.Probe;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.StepCounts;
import dev.foldstream.topology.build.StepFailure;
import java.util.concurrent.atomic.LongAdder;

/** Counts as the topology-service does; nothing may fail. */
final class CountingProbe implements Probe {

  @Override
  public StepCounts step(String id) {
    var in = new LongAdder();
    var out = new LongAdder();
    var dropped = new LongAdder();
    return new StepCounts() {
      @Override
      public void in() {
        in.increment();
      }

      @Override
      public void out() {
        out.increment();
      }

      @Override
      public void dropped(DropReason reason, RecordPointer record) {
        dropped.increment();
      }
    };
  }

  @Override
  public void failed(StepFailure failure) {
    throw new IllegalStateException(failure.toString());
  }
}
