package dev.foldstream.viewstore;

import dev.foldstream.kernel.Position;
import java.time.Instant;

/**
 * A stored position and who may move it.
 *
 * @param epoch counts the claims; 0 before the first one
 * @param movedAt when it was moved last, by the store's clock; the epoch of Unix when never
 */
public record OwnedPosition(Position position, long epoch, Instant movedAt) {

  public static final OwnedPosition UNCLAIMED = new OwnedPosition(Position.START, 0, Instant.EPOCH);
}
