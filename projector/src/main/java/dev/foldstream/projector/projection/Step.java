package dev.foldstream.projector.projection;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log in its place.
 *
 * @param next the position after it
 * @param event null when the view does not follow events of its type
 * @param unreadable set when nobody can tell what event it is
 */
record Step(
    OwnedPartition partition,
    Position next,
    @Nullable RecordedEvent<Object> event,
    @Nullable Unreadable unreadable) {

  Step(OwnedPartition partition, Position next, @Nullable RecordedEvent<Object> event) {
    this(partition, next, event, null);
  }

  Step goingOnAt(long offset) {
    return new Step(partition, new Position(next.sequence(), offset), event, unreadable);
  }
}
