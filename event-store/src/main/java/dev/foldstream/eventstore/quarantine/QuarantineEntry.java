package dev.foldstream.eventstore.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One quarantined command and all that was done about it.
 *
 * @param latest the record that was set aside last: the first one, or a retry of it
 * @param quarantinePartition of the quarantine topic, where its resolutions go
 * @param setAsideAt when the first record was stored
 * @param tries how often it was decided in vain
 * @param resolution the last one
 */
public record QuarantineEntry(
    String id,
    String domain,
    String aggregate,
    QuarantinedCommand latest,
    int quarantinePartition,
    Instant setAsideAt,
    int tries,
    QuarantineState state,
    @Nullable QuarantineResolution resolution) {}
