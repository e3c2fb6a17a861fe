package dev.foldstream.eventstore.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a commit when the stream thread has had nothing to do for a millisecond, so that a lone
 * caller does not wait for the commit interval. A busy thread never sees that and commits by the
 * interval.
 *
 * <p>The tick exists only between a first record and the commit: a standing one would mark its task
 * as in need of a commit for ever.
 */
public final class CommitOnIdle {

  static final Duration IDLE = Duration.ofMillis(1);

  /** When this thread last saw a record, in any of its tasks: a commit commits them all. */
  private static final class LastRecord {
    private long atNanos;
    private int ticks;
  }

  private static final ThreadLocal<LastRecord> LAST = ThreadLocal.withInitial(LastRecord::new);

  private final ProcessorContext<?, ?> context;
  private final LastRecord last = LAST.get();
  private @Nullable Cancellable tick;

  public CommitOnIdle(ProcessorContext<?, ?> context) {
    this.context = context;
  }

  /** Whether a task of this thread has work that is not yet committed. */
  static boolean ticking() {
    return LAST.get().ticks > 0;
  }

  /** To be called for every record. */
  public void touch() {
    last.atNanos = System.nanoTime();
    if (tick == null) {
      last.ticks++;
      tick = context.schedule(IDLE, PunctuationType.WALL_CLOCK_TIME, this::look);
    }
  }

  private void look(long ignored) {
    if (System.nanoTime() - last.atNanos >= IDLE.toNanos()) {
      context.commit();
      stop();
    }
  }

  /** To be called when the task closes. */
  public void stop() {
    if (tick != null) {
      tick.cancel();
      last.ticks--;
      tick = null;
    }
  }
}
