package dev.foldstream.projector.projection;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.ViewShapeException;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one view in one store, on a thread of its own.
 *
 * <p>What did not answer is asked again, with growing pauses, for as long as the worker lives. A
 * zombie that finds its positions moved leaves the group and joins again, and goes on with what it
 * is given then. A view that no longer fits stops the worker until it was rebuilt; a bug stops it
 * until somebody acts. It says why.
 */
public final class ProjectionWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectionWorker.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(3);

  private final ProjectionTarget target;
  private final LogConsumers consumers;
  private final RecordDecoder decoder;
  private final ProjectorSettings settings;
  private final QuarantineSettings quarantine;
  private final String owner;
  private final WorkerBoard board;
  private final RetryPauses pauses;
  private final Object monitor = new Object();
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable Thread thread;

  /** A worker with the quarantine as it is set by default. */
  public ProjectionWorker(
      ProjectionTarget target,
      LogConsumers consumers,
      RecordDecoder decoder,
      ProjectorSettings settings,
      String owner) {
    this(target, consumers, decoder, settings, QuarantineSettings.defaults(), owner);
  }

  /**
   * @param owner names this process where positions are kept
   */
  public ProjectionWorker(
      ProjectionTarget target,
      LogConsumers consumers,
      RecordDecoder decoder,
      ProjectorSettings settings,
      QuarantineSettings quarantine,
      String owner) {
    this.target = target;
    this.consumers = consumers;
    this.decoder = decoder;
    this.settings = settings;
    this.quarantine = quarantine;
    this.owner = owner;
    this.board = new WorkerBoard(target);
    this.pauses = new RetryPauses(settings);
  }

  public void start() {
    thread =
        Thread.ofPlatform()
            .name("projection-" + target.view().name() + "-" + target.storeName())
            .start(this::run);
  }

  public WorkerProgress progress() {
    return board.progress();
  }

  private boolean closing() {
    return closing.getCount() == 0;
  }

  private void run() {
    while (!closing()) {
      try {
        ViewVersion version = target.store().prepare(target.view());
        board.version(version.number());
        session(version);
      } catch (WakeupException | InterruptException closed) {
        LOG.debug("{} ends", target);
      } catch (PositionConflictException overtaken) {
        overtaken(overtaken);
      } catch (ViewStoreUnavailableException | KafkaException again) {
        retry(again);
      } catch (ViewShapeException rebuild) {
        awaitRebuild(String.valueOf(rebuild.getMessage()));
      } catch (RuntimeException | Error bug) {
        stop("a bug: " + bug, bug);
        return;
      }
    }
  }

  private void session(ViewVersion version) {
    String clientId = target.groupId() + "-" + owner;
    try (var closeable = new Membership(consumers.consumer(target.groupId(), clientId));
        var source = new SourceReader(() -> consumers.reader(clientId + "-again"), decoder)) {
      synchronized (monitor) {
        consumer = closeable.consumer();
      }
      new ProjectionSession(
              target,
              version,
              owner,
              closeable.consumer(),
              decoder,
              source,
              quarantine,
              settings.rowsInMemory(),
              board,
              pauses)
          .run(this::closing);
    } finally {
      synchronized (monitor) {
        consumer = null;
      }
      board.partitions(List.of());
    }
  }

  private void overtaken(PositionConflictException conflict) {
    if (wasReplaced()) {
      LOG.info(
          "{}: another version became live, and what was still written to the one before was refused. It goes on with the live one",
          target);
      return;
    }
    LOG.error(
        "{} was overtaken: another projector owns its partitions by now. Nothing was written; it stops, leaves the group and joins again. {}",
        target,
        conflict.getMessage());
    retry(conflict);
  }

  private boolean wasReplaced() {
    try {
      return !target.store().isLive(new ViewVersion(target.view(), board.progress().version()));
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("Whether {} was replaced is not known: {}", target, away.getMessage());
      return false;
    }
  }

  /** Leaves the group when it is closed. */
  private record Membership(Consumer<byte[], byte[]> consumer) implements AutoCloseable {
    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(LEAVE_PATIENCE));
    }
  }

  private void retry(RuntimeException failure) {
    Duration pause = pauses.next();
    board.state(WorkState.STALLED, failure.getMessage());
    LOG.warn("{} tries again in {} ms: {}", target, pause.toMillis(), failure.getMessage());
    try {
      if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("{} ends while it waits", target);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes on when a version that fits is live. */
  private void awaitRebuild(String reason) {
    if (board.progress().state() != WorkState.STOPPED) {
      LOG.error("{} stops: {}", target, reason);
    }
    board.state(WorkState.STOPPED, reason);
    try {
      if (closing.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("{} ends while it stands still", target);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(String reason, Throwable bug) {
    board.state(WorkState.STOPPED, reason);
    LOG.error("{} stops: {}", target, reason, bug);
  }

  /** Ends after the batch in hand. */
  @Override
  public void close() {
    synchronized (monitor) {
      closing.countDown();
      if (consumer != null) {
        consumer.wakeup();
      }
    }
    Thread running = thread;
    if (running != null) {
      try {
        if (!running.join(CLOSE_PATIENCE)) {
          LOG.warn("{} did not end within {}", target, CLOSE_PATIENCE);
          running.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
