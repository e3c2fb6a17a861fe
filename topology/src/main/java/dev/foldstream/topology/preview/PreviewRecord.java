package dev.foldstream.topology.preview;

import dev.foldstream.topology.build.RecordPointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a source topic.
 *
 * @param headers names and UTF-8 values in order
 * @param value in Confluent's wire format; null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PreviewRecord(
    RecordPointer pointer,
    long timestampMillis,
    @Nullable String key,
    byte @Nullable [] value,
    List<Map.Entry<String, String>> headers) {}
