package dev.foldstream.projector.projection;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a projection came, as its worker sees it.
 *
 * @param reason why it stands still, null while it runs
 * @param lagEvents records between here and the end of the log, -1 when it is not known; may count
 *     markers of transactions until they are read
 * @param behindSince the time of the oldest event that is not in the view yet, null when there is
 *     none
 * @param quarantined how many entries wait in the quarantine
 */
public record PartitionProgress(
    TopicPartitionName partition,
    WorkState state,
    @Nullable String reason,
    Position position,
    long lagEvents,
    @Nullable Instant behindSince,
    int quarantined) {

  public static final long UNKNOWN = -1;

  public long lagSeconds(Instant now) {
    return behindSince == null ? 0 : Math.max(0, Duration.between(behindSince, now).toSeconds());
  }
}
