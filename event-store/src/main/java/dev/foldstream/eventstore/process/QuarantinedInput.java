package dev.foldstream.eventstore.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An input that was set aside, by pointer.
 *
 * @param topic where it was read: the inputs topic, or that of an event that could not be routed
 * @param processId null when it could not be told
 * @param input what it is: {@code event:...}, {@code outcome:...}, {@code timer:...}
 * @param cause the class of the cause
 * @param detail what was wanted and what was found
 */
public record QuarantinedInput(
    String topic,
    int partition,
    long offset,
    Instant storedAt,
    @Nullable String processId,
    @Nullable String input,
    String cause,
    String detail) {}
