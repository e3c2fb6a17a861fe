package dev.foldstream.projector.rebuild;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.projector.projection.LogConsumers;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildLostException;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second for rebuilds that nobody works on, and works on those it gets, each on a
 * thread of its own.
 */
public final class RebuildRunner implements AutoCloseable {

  /** After how long without a sign of its owner a rebuild goes to another. */
  static final Duration LEASE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RebuildRunner.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  /** How many looks a projector that works on rebuilds leaves to others, so that they spread. */
  private static final int MOST_LOOKS_FOR_OTHERS = 3;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final Supplier<List<ProjectionTarget>> targets;
  private final LogConsumers consumers;
  private final Function<ProjectionTarget, RecordDecoder> decoders;
  private final RebuildSettings settings;
  private final String owner;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<ProjectionTarget, Running> running = new ConcurrentHashMap<>();

  /** Used by one thread. */
  private final Set<ProjectionTarget> lookedAt = new HashSet<>();

  private @Nullable Thread thread;

  private record Running(Thread thread, RebuildSigns signs) {}

  /**
   * Of views that stay as they are.
   *
   * @param targets those in other stores are passed over
   * @param owner names this process in the store
   */
  public RebuildRunner(
      List<ProjectionTarget> targets,
      LogConsumers consumers,
      RecordDecoder decoder,
      RebuildSettings settings,
      String owner) {
    this(() -> targets, consumers, target -> decoder, settings, owner);
  }

  /**
   * Of views that may come and go.
   *
   * @param targets those in other stores are passed over
   * @param owner names this process in the store
   */
  RebuildRunner(
      Supplier<List<ProjectionTarget>> targets,
      LogConsumers consumers,
      Function<ProjectionTarget, RecordDecoder> decoders,
      RebuildSettings settings,
      String owner) {
    this.targets = targets;
    this.consumers = consumers;
    this.decoders = decoders;
    this.settings = settings;
    this.owner = owner;
  }

  public void start() {
    thread = Thread.ofPlatform().name("rebuilds").start(this::run);
  }

  private List<ProjectionTarget> rebuildable() {
    return targets.get().stream()
        .filter(target -> target.store() instanceof RebuildableStore)
        .toList();
  }

  private static ViewRebuilds rebuilds(ProjectionTarget target) {
    return ((RebuildableStore) target.store()).rebuilds();
  }

  private void run() {
    int othersFirst = 0;
    try {
      while (!closing.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        rebuildable().forEach(this::requestIfChanged);
        if (othersFirst > 0) {
          othersFirst--;
        } else if (takeOne()) {
          othersFirst = Math.min(running.size(), MOST_LOOKS_FOR_OTHERS);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a rebuild was begun. Idle projectors look more often than busy ones. */
  private boolean takeOne() {
    for (ProjectionTarget target : rebuildable()) {
      if (!running.containsKey(target)) {
        Optional<Rebuild> taken =
            looked(
                target,
                () -> rebuilds(target).take(target.view(), owner, LEASE, settings.maxRebuilds()));
        if (taken.isPresent()) {
          begin(target, taken.get());
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Rebuild> looked(
      ProjectionTarget target, Supplier<Optional<Rebuild>> look) {
    try {
      return look.get();
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("No rebuild of {} is looked for: {}", target, away.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("Cannot look for rebuilds of {}", target, bug);
    }
    return Optional.empty();
  }

  /** Once for each start, so that a rebuild that failed or was cancelled does not begin again. */
  private void requestIfChanged(ProjectionTarget target) {
    if (!settings.rebuildOnChange() || lookedAt.contains(target)) {
      return;
    }
    try {
      if (rebuilds(target).requestIfChanged(target.view())) {
        LOG.info("The declaration of {} was changed: it is rebuilt", target);
      }
      lookedAt.add(target);
    } catch (ViewStoreUnavailableException | RebuildRefusedException later) {
      LOG.debug("Whether {} was changed is not known: {}", target, later.getMessage());
    }
  }

  private void begin(ProjectionTarget target, Rebuild rebuild) {
    var signs = new RebuildSigns(rebuild, rebuilds(target));
    var worker =
        Thread.ofPlatform()
            .name("rebuild-%s-%s".formatted(target.view().name(), target.storeName()))
            .unstarted(
                () -> {
                  try (signs) {
                    work(target, rebuild, signs);
                  } finally {
                    running.remove(target);
                  }
                });
    running.put(target, new Running(worker, signs));
    signs.start();
    worker.start();
  }

  private void work(ProjectionTarget target, Rebuild rebuild, RebuildSigns signs) {
    LOG.info("{} of {} to {} begins or goes on", rebuild.kind(), target, rebuild.version());
    while (true) {
      try {
        once(target, rebuild, signs);
        LOG.info("{} of {} to {} is done", rebuild.kind(), target, rebuild.version());
        return;
      } catch (RebuildLostException | PositionConflictException another) {
        LOG.warn("{} is left to its new owner: {}", rebuild.version(), another.getMessage());
        return;
      } catch (RebuildSigns.StoppedException stopped) {
        leave(target, rebuild, signs, stopped);
        return;
      } catch (ViewStoreUnavailableException
          | RowConflictException
          | SchemaRegistryUnavailableException
          | KafkaException away) {
        LOG.warn("The rebuild of {} tries again: {}", target, away.getMessage());
        signs.waits(away.getMessage());
        RebuildWork.pause(RETRY_PAUSE);
      } catch (RuntimeException | Error failure) {
        fail(target, rebuild, signs, failure);
        return;
      }
    }
  }

  private void once(ProjectionTarget target, Rebuild taken, RebuildSigns signs) {
    ViewRebuilds rebuilds = rebuilds(target);
    String group = target.groupId() + "-v" + taken.version().number();
    try (var reader =
        new LogReader(
            consumers.consumer(group, group + "-" + owner),
            decoders.apply(target),
            target.view().feature().events())) {
      signs.check();
      Rebuild now =
          rebuilds.last(target.view()).filter(r -> r.epoch() == taken.epoch()).orElse(taken);
      if (now.state().ended()) {
        return;
      }
      var writer = BesideWriter.claim(target, rebuilds, taken.version(), settings, owner);
      new RebuildWork(now, rebuilds, settings, reader, writer, signs).run();
    }
  }

  private static void leave(
      ProjectionTarget target,
      Rebuild rebuild,
      RebuildSigns signs,
      RebuildSigns.StoppedException stopped) {
    signs.close();
    try {
      if (stopped.cancelled()) {
        rebuilds(target).end(rebuild, RebuildState.CANCELLED, "cancelled by an operator");
        LOG.info("The rebuild of {} was cancelled", target);
      } else {
        rebuilds(target).release(rebuild);
      }
    } catch (ViewStoreUnavailableException | RebuildLostException later) {
      LOG.warn("Another owner ends the rebuild of {}: {}", target, later.getMessage());
    }
  }

  private static void fail(
      ProjectionTarget target, Rebuild rebuild, RebuildSigns signs, Throwable failure) {
    String reason =
        failure instanceof CannotRebuildException
            ? String.valueOf(failure.getMessage())
            : "a bug: " + failure;
    LOG.error("The rebuild of {} failed: {}", target, reason, failure);
    signs.close();
    try {
      rebuilds(target).end(rebuild, RebuildState.FAILED, reason);
    } catch (ViewStoreUnavailableException | RebuildLostException later) {
      LOG.warn("The failure of {} is found again: {}", target, later.getMessage());
    }
  }

  /** Gives its rebuilds back, for others to go on at once. */
  @Override
  public void close() {
    closing.countDown();
    running.values().forEach(one -> one.signs().closing());
    try {
      Thread looking = thread;
      if (looking != null) {
        looking.join(CLOSE_PATIENCE);
      }
      for (Running one : List.copyOf(running.values())) {
        if (!one.thread().join(CLOSE_PATIENCE)) {
          LOG.warn("{} did not end within {}", one.thread().getName(), CLOSE_PATIENCE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
