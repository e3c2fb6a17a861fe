package dev.foldstream.projector.projection;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.QuarantineEntry;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that the group gave to this worker. Used by the worker's thread alone. */
final class OwnedPartition {

  private final TopicPartitionName name;
  private OwnedPosition owned = OwnedPosition.UNCLAIMED;
  private boolean claimed;
  private long readTo;
  private final Holds holds = new Holds();
  private @Nullable String stopped;
  private boolean full;
  private long lag = PartitionProgress.UNKNOWN;
  private @Nullable Instant behindSince;

  OwnedPartition(TopicPartition partition) {
    this.name = new TopicPartitionName(partition.topic(), partition.partition());
  }

  TopicPartitionName name() {
    return name;
  }

  TopicPartition kafka() {
    return new TopicPartition(name.topic(), name.partition());
  }

  Position position() {
    return owned.position();
  }

  /** The sequence of the last event that was read; it may still be on its way into the view. */
  long readTo() {
    return readTo;
  }

  void readTo(long sequence) {
    readTo = sequence;
  }

  long epoch() {
    return owned.epoch();
  }

  void claimed(OwnedPosition by) {
    owned = by;
    claimed = true;
    readTo = by.position().sequence();
  }

  /** What is stored may be another position than this one knows: it has to be claimed again. */
  void unclaimed() {
    claimed = false;
  }

  boolean reads() {
    return claimed && stopped == null;
  }

  boolean wantsClaim() {
    return !claimed && stopped == null;
  }

  void moved(Position to) {
    owned = new OwnedPosition(to, owned.epoch(), owned.movedAt());
  }

  void stop(String reason) {
    stopped = reason;
  }

  /** Stands still until somebody makes room in the quarantine. */
  void stopFull(String reason) {
    stopped = reason;
    full = true;
  }

  /** What waits has changed: a partition that stood still for it is claimed and tried again. */
  void holdsAre(Collection<QuarantineEntry> open) {
    holds.reset(open);
    if (full) {
      full = false;
      stopped = null;
      claimed = false;
    }
  }

  Holds holds() {
    return holds;
  }

  boolean isClaimed() {
    return claimed;
  }

  boolean isStopped() {
    return stopped != null;
  }

  void lag(long records) {
    lag = records;
  }

  void behindSince(@Nullable Instant oldest) {
    behindSince = oldest;
  }

  boolean isBehind() {
    return behindSince != null;
  }

  PartitionProgress progress() {
    WorkState state = claimed ? WorkState.RUNNING : WorkState.STARTING;
    return new PartitionProgress(
        name,
        stopped == null ? state : WorkState.STOPPED,
        stopped,
        owned.position(),
        lag,
        behindSince,
        holds.total());
  }
}
