package dev.foldstream.eventstore.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that cannot go on by itself.
 *
 * @param group {@code FAILED} when it told so, {@code STANDING_STILL} when its manager threw
 * @param cause the class of the cause of a standstill
 * @param detail of the cause
 * @param held inputs that wait for a retry, the one set aside among them
 */
public record HelplessProcess(
    String processId,
    String group,
    @Nullable String cause,
    @Nullable String detail,
    Instant since,
    long held,
    boolean canBeRetried) {}
