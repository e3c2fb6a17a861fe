package dev.foldstream.eventstore.wire;

/**
 * Where a record lies and when it was stored.
 *
 * @param timestampMillis the broker's clock for commands
 */
public record RecordPlace(String topic, int partition, long offset, long timestampMillis) {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
