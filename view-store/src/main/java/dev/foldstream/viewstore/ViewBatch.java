package dev.foldstream.viewstore;

import java.util.Comparator;
import java.util.List;

/**
 * Rows and positions that are written together.
 *
 * @param changes each key once; kept in order of key, so that two writers meet in the same order
 * @param moves each partition once
 * @param quarantine written with the positions, of the same partitions
 */
public record ViewBatch(
    ViewVersion version,
    List<RowChange> changes,
    List<PositionMove> moves,
    QuarantineChange quarantine) {

  public ViewBatch {
    changes = changes.stream().sorted(Comparator.comparing(RowChange::key)).toList();
    moves = moves.stream().sorted(Comparator.comparing(PositionMove::partition)).toList();
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).key().equals(changes.get(i - 1).key())) {
        throw new IllegalArgumentException(
            "a batch changes a row once; %s has '%s' twice"
                .formatted(version, changes.get(i).key()));
      }
    }
  }

  /** A batch that sets nothing aside. */
  public ViewBatch(ViewVersion version, List<RowChange> changes, List<PositionMove> moves) {
    this(version, changes, moves, QuarantineChange.NONE);
  }
}
