package dev.foldstream.kernel;

import java.time.Instant;

/**
 * An event as stored, with its metadata.
 *
 * @param stream the aggregate it belongs to
 * @param version its place in the aggregate, dense from 1
 * @param place its place in the log
 * @param id unique for the event
 * @param occurredAt the time of the command that led to it
 */
public record RecordedEvent<E>(
    StreamName stream,
    long version,
    Place place,
    String id,
    Instant occurredAt,
    Metadata metadata,
    E event) {}
