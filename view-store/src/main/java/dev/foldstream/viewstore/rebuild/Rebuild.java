package dev.foldstream.viewstore.rebuild;

import dev.foldstream.viewstore.ViewVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last rebuild of a view, as the store keeps it.
 *
 * @param version the version that is built or brought back
 * @param reason why it failed or waits, or null
 * @param changed whether the declaration is another one than that of the live version
 * @param epoch counts who took it; what an earlier owner does is void
 * @param owner who works on it, or null
 * @param asked what an operator wants of it
 * @param comparison null until it was compared
 */
public record Rebuild(
    RebuildKind kind,
    ViewVersion version,
    RebuildState state,
    @Nullable String reason,
    boolean changed,
    long epoch,
    @Nullable String owner,
    Asked asked,
    Progress progress,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Comparison comparison) {

  /** What an operator wants. */
  public enum Asked {
    /** That it goes on. */
    NOTHING,
    /** That a version that is ready becomes live. */
    SWITCH,
    /** That it is given up. */
    CANCEL
  }

  /**
   * Events that are in the version, events it needs, and how many of them come in a second.
   *
   * @param perSecond 0 when it is not known
   * @param upTo the time of the last event it has of the partition that is furthest behind; null
   *     when it is not known, or when it has all
   */
  public record Progress(long done, long total, double perSecond, @Nullable Instant upTo) {

    /** Nothing is done, and how much there is to do is not known. */
    public static final Progress NONE = new Progress(0, 0, 0, null);

    /** How old the oldest event is that it lacks, or a little older; null when it is not known. */
    public @Nullable Long lagSeconds(Instant now) {
      if (done >= total) {
        return 0L;
      }
      return upTo == null ? null : Math.max(0, Duration.between(upTo, now).toSeconds());
    }

    /** What is left at this rate, or null when it is not known. */
    public @Nullable Long secondsLeft() {
      if (done >= total) {
        return 0L;
      }
      return perSecond > 0 ? Long.valueOf((long) Math.ceil((total - done) / perSecond)) : null;
    }
  }
}
