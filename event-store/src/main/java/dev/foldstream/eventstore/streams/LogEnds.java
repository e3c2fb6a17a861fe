package dev.foldstream.eventstore.streams;

import dev.foldstream.eventstore.log.LogReader.LastEvent;
import java.util.Map;

/**
 * The last event of each partition of the events topic, as read before the tasks start. A store
 * that is behind it must not decide: it would fork every aggregate whose events it has not seen.
 * One that is ahead of it would leave a gap for ever.
 */
public record LogEnds(Map<Integer, LastEvent> lastEvents) {

  public LogEnds {
    lastEvents = Map.copyOf(lastEvents);
  }

  public boolean empty() {
    return lastEvents.values().stream().allMatch(LastEvent.NONE::equals);
  }

  public long events() {
    return lastEvents.values().stream().mapToLong(LastEvent::sequence).sum();
  }

  /** The sequence of the last event of a partition, 0 when there is none. */
  long sequence(int partition) {
    return lastEvents.getOrDefault(partition, LastEvent.NONE).sequence();
  }

  /**
   * Refuses a store that has not seen exactly the events of its partition.
   *
   * @throws StateBehindLogException saying how far it is behind
   * @throws StateAheadOfLogException saying how far it is ahead
   */
  public void check(String eventsTopic, int partition, long stored) {
    long logged = sequence(partition);
    if (stored < logged) {
      throw new StateBehindLogException(eventsTopic, partition, logged, stored);
    }
    if (stored > logged) {
      throw new StateAheadOfLogException(eventsTopic, partition, logged, stored);
    }
  }
}
