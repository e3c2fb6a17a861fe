package dev.foldstream.eventstore.decision;

import java.util.concurrent.atomic.LongAdder;

/** What the decisions of one application came to since it started. */
public final class DecisionCounts {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder quarantined = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder lookUps = new LongAdder();
  private final LongAdder events = new LongAdder();

  public long accepted() {
    return accepted.sum();
  }

  public long rejected() {
    return rejected.sum();
  }

  public long conflicts() {
    return conflicts.sum();
  }

  public long quarantined() {
    return quarantined.sum();
  }

  /** Commands whose id was seen before. */
  public long repeated() {
    return repeated.sum();
  }

  public long lookUps() {
    return lookUps.sum();
  }

  public long events() {
    return events.sum();
  }

  void accept(int eventsAppended) {
    accepted.increment();
    events.add(eventsAppended);
  }

  void reject() {
    rejected.increment();
  }

  void conflict() {
    conflicts.increment();
  }

  void quarantine() {
    quarantined.increment();
  }

  void repeat() {
    repeated.increment();
  }

  void lookUp() {
    lookUps.increment();
  }
}
