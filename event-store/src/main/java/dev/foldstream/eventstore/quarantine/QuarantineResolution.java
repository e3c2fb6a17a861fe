package dev.foldstream.eventstore.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person did about a quarantined command.
 *
 * @param id of the entry, see {@link QuarantineId}
 * @param kind {@link #RETRIED} or {@link #DISCARDED}
 * @param by the principal who asked
 * @param reason why it was discarded
 * @param retryPartition where the command was stored again
 */
public record QuarantineResolution(
    String id,
    String commandId,
    String kind,
    String by,
    Instant at,
    @Nullable String reason,
    @Nullable Integer retryPartition,
    @Nullable Long retryOffset) {

  public static final String RETRIED = "RETRIED";
  public static final String DISCARDED = "DISCARDED";
}
