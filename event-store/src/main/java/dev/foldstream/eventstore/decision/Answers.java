package dev.foldstream.eventstore.decision;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Where a decision's records go; all of one command stand in one transaction. */
interface Answers {

  /** The kinds of records. */
  enum To {
    EVENTS,
    OUTCOMES,
    QUARANTINE
  }

  void send(To to, byte @Nullable [] key, byte[] value, Headers headers, long timestampMillis);
}
