package dev.foldstream.eventstore.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that was set aside, by pointer.
 *
 * @param cause the name of a {@link dev.foldstream.eventstore.outcomes.QuarantineCause}
 * @param detail what was wanted and what was found
 */
public record QuarantinedCommand(
    String topic,
    int partition,
    long offset,
    Instant storedAt,
    @Nullable String key,
    String commandId,
    String cause,
    String detail) {}
