package dev.foldstream.topologyservice.running;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.StepCounts;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What one step did in this process since its version was started here, and how fast lately. */
public final class StepTally implements StepCounts {

  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);
  private final Rate inRate = new Rate();
  private final Rate outRate = new Rate();

  StepTally() {
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, new LongAdder());
    }
  }

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
    LongAdder count = dropped.get(reason);
    if (count != null) {
      count.increment();
    }
  }

  void failedOnce() {
    failed.increment();
  }

  void sample(long nanos) {
    inRate.sample(nanos, in.sum());
    outRate.sample(nanos, out.sum());
  }

  public long taken() {
    return in.sum();
  }

  public long given() {
    return out.sum();
  }

  public long failed() {
    return failed.sum();
  }

  public long dropped() {
    return dropped.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** By reason, without those that never came. */
  public Map<String, Long> droppedByReason() {
    var counts = new TreeMap<String, Long>();
    dropped.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            counts.put(reason.name(), count.sum());
          }
        });
    return counts;
  }

  /** Records taken in a second, lately. */
  public double inRate() {
    return inRate.perSecond();
  }

  /** Records given in a second, lately. */
  public double outRate() {
    return outRate.perSecond();
  }
}
