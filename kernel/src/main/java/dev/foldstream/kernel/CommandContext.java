package dev.foldstream.kernel;

import java.time.Instant;

/**
 * What comes with a command and is not part of it.
 *
 * @param aggregateId the aggregate that is asked, 1 to {@value AggregateId#MAX_LENGTH} characters
 * @param occurredAt when the caller says it happened, or when the host received it; the time of the
 *     events that follow
 * @param metadata who asked, and what this belongs to
 */
public record CommandContext(String aggregateId, Instant occurredAt, Metadata metadata) {}
