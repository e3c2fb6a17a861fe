package dev.foldstream.commandservice.shadow;

import dev.foldstream.eventstore.shadow.ShadowReport;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One shadow run, from its request to its end. For all threads. */
final class ShadowJob {

  /** The states of a run. */
  enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  private final String id;
  private final String decider;
  private final Instant begunAt;
  private final ShadowReport report;
  private final long untilNanos;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile State state = State.RUNNING;
  private volatile boolean cancelled;
  private volatile @Nullable String failure;
  private volatile @Nullable Instant endedAt;

  ShadowJob(String id, String decider, Instant begunAt, ShadowReport report, long untilNanos) {
    this.id = id;
    this.decider = decider;
    this.begunAt = begunAt;
    this.report = report;
    this.untilNanos = untilNanos;
  }

  String id() {
    return id;
  }

  String decider() {
    return decider;
  }

  String location() {
    return "/deciders/" + decider + "/shadow/" + id;
  }

  Instant begunAt() {
    return begunAt;
  }

  @Nullable Instant endedAt() {
    return endedAt;
  }

  ShadowReport report() {
    return report;
  }

  State state() {
    return state;
  }

  @Nullable String failure() {
    return failure;
  }

  /** Whether it ended within this time. */
  boolean await(Duration patience) {
    try {
      return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void cancel() {
    cancelled = true;
  }

  boolean stopped() {
    return cancelled || late();
  }

  private boolean late() {
    return System.nanoTime() - untilNanos > 0;
  }

  void end(@Nullable Throwable failed) {
    endedAt = Instant.now();
    if (cancelled) {
      state = State.CANCELLED;
    } else if (failed != null || late()) {
      failure = failed == null ? "it took longer than foldstream.shadow.within" : failed.toString();
      state = State.FAILED;
    } else {
      state = State.DONE;
    }
    ended.countDown();
  }
}
