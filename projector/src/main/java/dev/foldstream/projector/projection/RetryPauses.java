package dev.foldstream.projector.projection;

import java.time.Duration;

/** How long to wait after the n-th failure in a row. */
final class RetryPauses {

  private final Duration first;
  private final Duration longest;
  private Duration next;

  RetryPauses(ProjectorSettings settings) {
    this.first = settings.retryPause();
    this.longest = settings.maxRetryPause();
    this.next = first;
  }

  Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return pause;
  }

  void reset() {
    next = first;
  }
}
