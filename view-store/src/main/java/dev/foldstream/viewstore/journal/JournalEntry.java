package dev.foldstream.viewstore.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as the log holds it, unread: the value as it lies in the topic, and what its headers
 * say.
 *
 * @param id of the aggregate or process
 * @param version its place in the aggregate, dense from 1
 * @param sequence its place in the partition, dense from 1
 * @param type the Avro full name
 * @param occurredAt the time of the command that led to it
 * @param recordedAt the time of the log's record
 * @param causationId what led to the event: its command, for a process the input
 * @param commandCauseId what led to its command, when the log says so
 * @param value in Confluent's wire format
 */
@SuppressWarnings("ArrayRecordComponent") // entries are never compared
public record JournalEntry(
    String topic,
    String id,
    long version,
    int partition,
    long sequence,
    long offset,
    String eventId,
    String type,
    Instant occurredAt,
    Instant recordedAt,
    String commandId,
    String correlationId,
    @Nullable String causationId,
    @Nullable String commandCauseId,
    String principal,
    byte[] value) {}
