package dev.foldstream.eventstore.decision;

import org.apache.kafka.common.serialization.Serializer;

/**
 * A value on its way to a topic, with the partition it belongs to: a partitioner sees key and
 * value, never headers.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Out(int partition, byte[] bytes) {

  static final Serializer<Out> SERIALIZER = (topic, out) -> out == null ? new byte[0] : out.bytes();
}
