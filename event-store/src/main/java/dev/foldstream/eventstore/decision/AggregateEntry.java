package dev.foldstream.eventstore.decision;

/**
 * What is kept of one aggregate.
 *
 * @param version of its last event, 0 before the first
 * @param sequence of its last event in the partition, 0 before the first
 * @param recent the outcomes of its last commands
 * @param pages the outcomes that no longer fit, kept beside the entry
 */
record AggregateEntry<S>(
    long version, long sequence, RememberedRow recent, PageRange pages, S state) {

  AggregateEntry<S> remembering(RememberedRow outcomes, PageRange outcomesBeside) {
    return new AggregateEntry<>(version, sequence, outcomes, outcomesBeside, state);
  }

  /** The numbers of an aggregate's pages: from the first that may exist to the next. */
  record PageRange(long first, long next) {
    static final PageRange NONE = new PageRange(0, 0);

    boolean empty() {
      return first == next;
    }
  }
}
