package dev.foldstream.viewstore;

/**
 * What events became for a view. Every event is exactly one of these, so that the counts of a
 * partition add up to its sequence, or prove that something was skipped.
 *
 * @param applied folded into each of its rows
 * @param filtered no concern of the view
 * @param quarantined some row, or all, did not take it and waits for a retry
 * @param discarded given up by somebody, by name and with a reason
 */
public record LedgerCounts(long applied, long filtered, long quarantined, long discarded) {

  public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, 0);

  public static LedgerCounts applied(long events) {
    return new LedgerCounts(events, 0, 0, 0);
  }

  public long total() {
    return applied + filtered + quarantined + discarded;
  }

  public LedgerCounts plus(LedgerCounts other) {
    return new LedgerCounts(
        applied + other.applied,
        filtered + other.filtered,
        quarantined + other.quarantined,
        discarded + other.discarded);
  }
}
