package dev.foldstream.eventstore.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What one process type did in this instance, since its start. For all threads. */
public final class ProcessCounts {

  private final LongAdder inputs = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private final LongAdder commands = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder setAside = new LongAdder();
  private final LongAdder unrouted = new LongAdder();
  // One for each partition that this instance owns.
  private final Map<Integer, PartitionMark> marks = new ConcurrentHashMap<>();

  void input() {
    inputs.increment();
  }

  void ignore() {
    ignored.increment();
  }

  void send(long sent) {
    commands.add(sent);
  }

  void timeOut() {
    timedOut.increment();
  }

  void setAside() {
    setAside.increment();
  }

  void unroutable() {
    unrouted.increment();
  }

  void at(int partition, PartitionMark mark) {
    marks.put(partition, mark);
  }

  void left(int partition) {
    marks.remove(partition);
  }

  /** Inputs that a manager took. */
  public long inputs() {
    return inputs.sum();
  }

  /** Inputs that came again, or for a process or timer that is not there. */
  public long ignored() {
    return ignored.sum();
  }

  public long commands() {
    return commands.sum();
  }

  public long timedOut() {
    return timedOut.sum();
  }

  /** Inputs set aside because the manager threw. */
  public long quarantined() {
    return setAside.sum();
  }

  /** Events set aside because the process they belong to could not be told. */
  public long unrouted() {
    return unrouted.sum();
  }

  /** Processes in the partitions that this instance owns. */
  public long processes(Group group) {
    return marks.values().stream().mapToLong(mark -> mark.count(group)).sum();
  }
}
