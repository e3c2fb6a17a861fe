package dev.foldstream.eventstore.topics;

/** How large one record of the log may be; a larger one is refused before it reaches Kafka. */
public final class RecordLimits {

  /** Bytes of one value: below the topics' limit by more than key, headers and framing take. */
  public static final int MAX_VALUE_BYTES = 1_000_000;

  /** Bytes of one header's value. */
  public static final int MAX_HEADER_BYTES = 1_000;

  /** What a producer may send in one request; not below a topic's {@code max.message.bytes}. */
  public static final int MAX_REQUEST_BYTES = TopicPlan.MAX_MESSAGE_BYTES;

  /** Events that may follow from one command. */
  public static final int MAX_EVENTS_PER_COMMAND = 1_000;

  /** Bytes of all events of one command, which stand in one transaction. */
  public static final int MAX_EVENT_BYTES_PER_COMMAND = 4_000_000;

  private RecordLimits() {}
}
