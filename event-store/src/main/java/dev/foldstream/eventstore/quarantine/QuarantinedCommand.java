package dev.foldstream.eventstore.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that was set aside, by pointer.
 *
 * @param cause the name of a {@link dev.foldstream.eventstore.outcomes.QuarantineCause}
 * @param detail what was wanted and what was found
 * @param type the Avro full name that the record claims
 * @param retryOf the quarantine id that this record tried again
 */
public record QuarantinedCommand(
    String topic,
    int partition,
    long offset,
    Instant storedAt,
    @Nullable String key,
    String commandId,
    String cause,
    String detail,
    @Nullable String type,
    @Nullable String retryOf) {}
