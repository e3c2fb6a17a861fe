package dev.foldstream.viewstore;

import java.util.List;

/**
 * Somebody else owns these partitions, or moved their positions. The caller's epochs are void: it
 * stops and claims anew only when the partitions are given to it again.
 */
public final class PositionConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<PositionMove> moves;

  public PositionConflictException(ViewVersion version, List<PositionMove> moves) {
    super(
        "%s: wanted to move %s; found another position or a newer owner, so nothing was moved"
            .formatted(version, moves));
    this.moves = List.copyOf(moves);
  }

  /** The moves that were asked for, those that failed among them. */
  public List<PositionMove> moves() {
    return moves;
  }
}
