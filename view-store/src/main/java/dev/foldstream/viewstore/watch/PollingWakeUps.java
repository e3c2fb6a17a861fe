package dev.foldstream.viewstore.watch;

import java.time.Duration;

/** For a store that cannot call: looks at everything again and again, while somebody waits. */
public final class PollingWakeUps implements WakeUps {

  private final Duration interval;

  public PollingWakeUps(Duration interval) {
    this.interval = interval;
  }

  @Override
  public Woken next(Duration atMost) throws InterruptedException {
    Thread.sleep(interval.compareTo(atMost) < 0 ? interval : atMost);
    return Woken.ANY;
  }

  @Override
  public void close() {}
}
