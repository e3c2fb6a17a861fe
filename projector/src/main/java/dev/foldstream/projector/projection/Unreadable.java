package dev.foldstream.projector.projection;

/**
 * A record in the place of an event that cannot be read as one.
 *
 * @param aggregateId the key of the record, empty when it has none
 */
record Unreadable(long offset, String aggregateId, String detail) {}
