package dev.foldstream.eventstore.outcomes;

import java.util.concurrent.atomic.LongAdder;

/** What a reader of outcomes has read and passed on, since it started. */
public final class OutcomeCounts {

  final LongAdder read = new LongAdder();
  final LongAdder answersRead = new LongAdder();
  final LongAdder forwarded = new LongAdder();
  final LongAdder givenUp = new LongAdder();

  OutcomeCounts() {}

  /** Records of outcomes topics. */
  public long read() {
    return read.sum();
  }

  /** Records of the answers topic, also those to others. */
  public long answersRead() {
    return answersRead.sum();
  }

  /** Outcomes passed on to other instances. */
  public long forwarded() {
    return forwarded.sum();
  }

  /** Outcomes that could not be passed on in time. */
  public long givenUp() {
    return givenUp.sum();
  }
}
