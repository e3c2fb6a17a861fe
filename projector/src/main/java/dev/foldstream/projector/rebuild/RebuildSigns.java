package dev.foldstream.projector.rebuild;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildLostException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every other second that the owner lives and how far it is, on a thread of its own, and
 * hears what an operator wants. The worker asks {@link #check()} between its steps.
 */
final class RebuildSigns implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RebuildSigns.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Rebuild rebuild;
  private final ViewRebuilds rebuilds;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long startedAtNanos = System.nanoTime();
  private volatile RebuildState state;
  private volatile @Nullable String reason;
  private volatile Progress progress;
  private volatile Asked asked;
  private volatile boolean lost;
  private volatile boolean closing;
  private volatile long doneBefore = -1;

  RebuildSigns(Rebuild rebuild, ViewRebuilds rebuilds) {
    this.rebuild = rebuild;
    this.rebuilds = rebuilds;
    this.state = rebuild.state();
    this.reason = rebuild.reason();
    this.progress = rebuild.progress();
    this.asked = rebuild.asked();
  }

  void start() {
    Thread.ofVirtual().name("rebuild-signs-" + rebuild.version()).start(this::run);
  }

  private void run() {
    try {
      while (!lost && !ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        send();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void send() {
    if (ended.getCount() == 0) {
      return;
    }
    try {
      asked = rebuilds.keep(rebuild, state, reason, progress);
    } catch (RebuildLostException another) {
      lost = true;
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("No sign of {}: {}", rebuild.version(), away.getMessage());
    }
  }

  /** Told at once. */
  void state(RebuildState next, @Nullable String why) {
    state = next;
    reason = why;
    send();
  }

  /** Why it does not go on for the moment; told with the next sign. */
  void waits(@Nullable String why) {
    reason = why;
  }

  /** Told with the next sign. */
  void progress(
      Map<TopicPartitionName, Position> reached,
      Map<TopicPartitionName, Position> of,
      @Nullable Instant upTo) {
    long done = sum(reached);
    if (doneBefore < 0) {
      doneBefore = done;
    }
    double seconds = (System.nanoTime() - startedAtNanos) / 1e9;
    double rate = seconds > 0 ? (done - doneBefore) / seconds : 0;
    progress = new Progress(done, Math.max(done, sum(of)), rate, upTo);
  }

  private static long sum(Map<TopicPartitionName, Position> positions) {
    return positions.values().stream().mapToLong(Position::sequence).sum();
  }

  /** Throws when the work is to stop. */
  void check() {
    if (lost) {
      throw new RebuildLostException(rebuild);
    }
    if (closing) {
      throw new StoppedException(false);
    }
    if (asked == Asked.CANCEL) {
      throw new StoppedException(true);
    }
  }

  boolean switchAsked() {
    return asked == Asked.SWITCH;
  }

  /** The host ends. */
  void closing() {
    closing = true;
  }

  @Override
  public synchronized void close() {
    ended.countDown();
  }

  /** Not a failure: somebody wants it to stop. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean cancelled;

    StoppedException(boolean cancelled) {
      super(cancelled ? "cancelled" : "closing");
      this.cancelled = cancelled;
    }

    boolean cancelled() {
      return cancelled;
    }
  }
}
