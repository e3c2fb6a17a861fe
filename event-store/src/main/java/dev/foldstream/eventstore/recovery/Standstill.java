package dev.foldstream.eventstore.recovery;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Notices a client that stays between running and ended without getting on: after a broker crashed,
 * a task can wait for a transaction that nobody ends ({@link HangingTransactions}).
 */
final class Standstill implements StateRestoreListener {

  /** Longer than sessions and transactions last, so it is no ordinary move of partitions. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Pause pause;
  private volatile long movedAtNanos;

  Standstill() {
    this(System::nanoTime, () -> Thread.sleep(BETWEEN_LOOKS));
  }

  Standstill(LongSupplier nanoTime, Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.movedAtNanos = nanoTime.getAsLong();
  }

  /** What passes between two looks. */
  interface Pause {
    void pass() throws InterruptedException;
  }

  /** Returns true when the client stands still, and false when it ended. */
  boolean await(Supplier<KafkaStreams.State> state) throws InterruptedException {
    while (nanoTime.getAsLong() - movedAtNanos <= LONGEST.toNanos()) {
      pause.pass();
      switch (state.get()) {
        case CREATED, RUNNING -> movedAtNanos = nanoTime.getAsLong();
        case REBALANCING -> {}
        case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    movedAtNanos = nanoTime.getAsLong();
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long restored) {
    movedAtNanos = nanoTime.getAsLong();
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long restored) {
    movedAtNanos = nanoTime.getAsLong();
  }
}
