package dev.foldstream.eventstore.decision;

import java.util.List;

/**
 * What is kept of one aggregate.
 *
 * @param version of its last event, 0 before the first
 * @param sequence of its last event in the partition, 0 before the first
 * @param recent the outcomes of its last commands, oldest first
 * @param more whether outcomes that no longer fit are kept beside the entry
 */
record AggregateEntry<S>(
    long version, long sequence, List<Remembered> recent, boolean more, S state) {

  AggregateEntry<S> remembering(List<Remembered> outcomes, boolean moreBeside) {
    return new AggregateEntry<>(version, sequence, outcomes, moreBeside, state);
  }
}
