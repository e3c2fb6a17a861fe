package dev.foldstream.eventstore.process;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Where the records that follow from an input go; all of one input stand in one transaction. */
interface ProcessAnswers {

  void send(ProcessOut out, byte[] key, Headers headers, long timestampMillis);

  /**
   * A value on its way.
   *
   * @param bytes null takes away what stands under the key in a compacted topic
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ProcessOut(String topic, int partition, byte @Nullable [] bytes) {}
}
