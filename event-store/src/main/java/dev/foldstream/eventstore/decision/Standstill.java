package dev.foldstream.eventstore.decision;

import java.time.Duration;
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

  private volatile long movedAtNanos = System.nanoTime();

  /** Returns true when the client stands still, and false when it ended. */
  boolean await(KafkaStreams streams) throws InterruptedException {
    while (System.nanoTime() - movedAtNanos <= LONGEST.toNanos()) {
      Thread.sleep(BETWEEN_LOOKS);
      switch (streams.state()) {
        case CREATED, RUNNING -> movedAtNanos = System.nanoTime();
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
    movedAtNanos = System.nanoTime();
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long restored) {
    movedAtNanos = System.nanoTime();
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long restored) {
    movedAtNanos = System.nanoTime();
  }
}
