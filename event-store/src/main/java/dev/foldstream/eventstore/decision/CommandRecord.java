package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.wire.RecordPlace;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** One record of a commands topic, as it lies there. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CommandRecord(
    RecordPlace place, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}
