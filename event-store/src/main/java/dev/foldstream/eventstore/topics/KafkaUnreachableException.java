package dev.foldstream.eventstore.topics;

import java.time.Duration;

/** The cluster did not answer within the time given. Trying again later is right. */
public final class KafkaUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KafkaUnreachableException(String wanted, Duration waited, Throwable cause) {
    super(
        "wanted to %s; Kafka did not answer within %d ms: %s"
            .formatted(wanted, waited.toMillis(), cause.getMessage()),
        cause);
  }
}
