package dev.foldstream.eventstore.streams;

import dev.foldstream.eventstore.log.LogReader.LastEvent;
import java.util.Map;

/**
 * The last event of each partition of the events topic, as read before the tasks start. A store
 * that is behind it must not decide: it would fork every aggregate whose events it has not seen.
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

  /**
   * Refuses a store that has not seen every event of its partition.
   *
   * @throws StateBehindLogException saying how far it is behind
   */
  public void check(String eventsTopic, int partition, long stored) {
    long logged = lastEvents.getOrDefault(partition, LastEvent.NONE).sequence();
    if (stored < logged) {
      throw new StateBehindLogException(eventsTopic, partition, logged, stored);
    }
  }
}
