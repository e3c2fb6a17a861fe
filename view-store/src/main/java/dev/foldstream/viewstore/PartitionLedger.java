package dev.foldstream.viewstore;

/**
 * How far a view came in a partition, and what became of the events up to there.
 *
 * @param sequence the last sequence that was passed
 */
public record PartitionLedger(long sequence, LedgerCounts counts) {

  public static final PartitionLedger START = new PartitionLedger(0, LedgerCounts.NONE);

  /** Whether every sequence from 1 to here is accounted for. */
  public boolean complete() {
    return counts.total() == sequence;
  }
}
