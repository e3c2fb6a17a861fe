package dev.foldstream.eventstore.recovery;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the thread of an application dies. Its Kafka Streams client always ends, and is
 * then started anew or not: an outage of the broker or the registry heals by itself, as often as it
 * takes; a bug is tried again a few times, then the application gives up and its health says so; a
 * state behind the log counts as a bug: the next life fetches the state anew.
 *
 * <p>The thread is not replaced inside the client: the new one would join before the old one has
 * left, and the old one would be asked to give up tasks that it no longer runs, for 30 seconds.
 */
final class FailureHandler implements StreamsUncaughtExceptionHandler {

  /** Bugs within {@link #WINDOW} before the application gives up. */
  static final int MAX_BUGS = 5;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int MAX_CAUSES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  private final String applicationId;
  private final LongSupplier nanoTime;
  private final Deque<Long> bugsAtNanos = new ArrayDeque<>();
  private volatile long failures;
  private volatile @Nullable String lastFailure;
  private volatile boolean goesOn = true;

  FailureHandler(String applicationId) {
    this(applicationId, System::nanoTime);
  }

  FailureHandler(String applicationId, LongSupplier nanoTime) {
    this.applicationId = applicationId;
    this.nanoTime = nanoTime;
  }

  long failures() {
    return failures;
  }

  @Nullable String lastFailure() {
    return lastFailure;
  }

  /** Whether the application is to be started anew after it ended. */
  boolean goesOn() {
    return goesOn;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failed) {
    lastFailure = String.valueOf(root(failed));
    failures = failures + 1;
    if (outage(failed)) {
      LOG.warn("{} lost its broker or registry and goes on: {}", applicationId, lastFailure);
    } else {
      bug(failed);
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void bug(Throwable failed) {
    long now = nanoTime.getAsLong();
    bugsAtNanos.addLast(now);
    while (now - bugsAtNanos.getFirst() > WINDOW.toNanos()) {
      bugsAtNanos.removeFirst();
    }
    int bugs = bugsAtNanos.size();
    goesOn = bugs <= MAX_BUGS;
    if (goesOn) {
      LOG.error(
          "{} failed ({} of at most {} times) and tries again",
          applicationId,
          bugs,
          MAX_BUGS,
          failed);
    } else {
      LOG.error(
          "{} gives up after {} failures within {}; nothing is decided until it is started again",
          applicationId,
          bugs,
          WINDOW,
          failed);
    }
  }

  /** Also a client that can no longer use its transaction, which it says in no class of its own. */
  static boolean outage(Throwable failed) {
    return has(failed, SchemaRegistryUnavailableException.class)
        || has(failed, KafkaUnreachableException.class)
        || has(failed, RetriableException.class)
        || has(failed, ProducerFencedException.class)
        || has(failed, InvalidProducerEpochException.class)
        || root(failed).getClass().equals(KafkaException.class);
  }

  private static boolean has(Throwable failed, Class<? extends Throwable> type) {
    Throwable cause = failed;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static Throwable root(Throwable failed) {
    Throwable cause = failed;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
