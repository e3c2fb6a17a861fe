package dev.foldstream.eventstore.outcomes;

import java.util.List;

/**
 * What became of one command.
 *
 * <ol>
 *   <li>Every command record gets exactly one, also when nothing was left to do.
 *   <li>A command id seen before gets the first outcome again.
 *   <li>{@code partition} and {@code sequence} are what a token is made of: whoever reads at least
 *       that far sees the state that the outcome speaks of. The sequence is that of the aggregate's
 *       last event, 0 when it has none.
 * </ol>
 */
public sealed interface Outcome {

  String commandId();

  int partition();

  long sequence();

  /**
   * The events were appended, or nothing was left to do.
   *
   * @param version of the aggregate after the command
   * @param events none when nothing was left to do
   */
  record Accepted(
      String commandId, int partition, long sequence, long version, List<AppendedEvent> events)
      implements Outcome {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * The decider refused.
   *
   * @param rejection the name of the refusal
   */
  record Rejected(String commandId, int partition, long sequence, long version, String rejection)
      implements Outcome {}

  /** Another writer was first: the aggregate has another version than the caller expected. */
  record Conflict(
      String commandId, int partition, long sequence, long expectedVersion, long foundVersion)
      implements Outcome {}

  /**
   * The command could not be decided and was set aside; sent again with the same id it is decided
   * anew.
   *
   * @param cause the name of a {@link QuarantineCause}
   */
  record Quarantined(String commandId, int partition, long sequence, String cause)
      implements Outcome {}

  /** The answer to a look-up of an id that is not remembered. */
  record Unknown(String commandId, int partition, long sequence) implements Outcome {}

  /**
   * One event that followed.
   *
   * @param type the Avro full name
   */
  record AppendedEvent(String type, long version) {}
}
