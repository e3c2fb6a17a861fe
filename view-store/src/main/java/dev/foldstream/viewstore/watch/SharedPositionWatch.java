package dev.foldstream.viewstore.watch;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that looks after everybody who waits for positions of a store.
 *
 * <p>A caller registers first and looks at the positions then, so a move between the two is never
 * missed. The thread begins with the first caller, rests while nobody waits, and reads the
 * positions of a view once for all of its callers, when it is woken for that view and in any case
 * every {@link #LOOK_AGAIN}.
 */
public final class SharedPositionWatch implements PositionWatch, AutoCloseable {

  /** Callers at most; one more is told at once how far behind the view is. */
  public static final int MAX_WAITING = 10_000;

  /** How long a wake-up that was lost can delay a caller. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(SharedPositionWatch.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final Function<ViewDefinition, Map<TopicPartitionName, Position>> positions;
  private final WakeUps wakeUps;
  private final Object monitor = new Object();
  private final Map<ViewDefinition, Set<Waiting>> waiting = new HashMap<>();
  private int count;
  private boolean closed;
  private @Nullable Thread thread;

  public SharedPositionWatch(
      Function<ViewDefinition, Map<TopicPartitionName, Position>> positions, WakeUps wakeUps) {
    this.positions = positions;
    this.wakeUps = wakeUps;
  }

  private static final class Waiting {
    private final Token token;
    private final CompletableFuture<Map<TopicPartitionName, Position>> reached =
        new CompletableFuture<>();

    Waiting(Token token) {
      this.token = token;
    }

    void look(Map<TopicPartitionName, Position> now) {
      if (Positions.missing(token, now).isEmpty()) {
        reached.complete(now);
      }
    }
  }

  @Override
  public Progress await(ViewDefinition view, Token token, Duration atMost)
      throws InterruptedException {
    Progress now = progress(token, positions.apply(view));
    if (now instanceof Progress.Reached || atMost.isZero() || atMost.isNegative()) {
      return now;
    }
    var waiter = new Waiting(token);
    if (!register(view, waiter)) {
      return now;
    }
    try {
      waiter.look(positions.apply(view));
      return new Progress.Reached(waiter.reached.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return progress(token, positions.apply(view));
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a wait is only ever completed with positions", impossible);
    } finally {
      unregister(view, waiter);
    }
  }

  private static Progress progress(Token token, Map<TopicPartitionName, Position> now) {
    var missing = Positions.missing(token, now);
    return missing.isEmpty() ? new Progress.Reached(now) : new Progress.Behind(now, missing);
  }

  private boolean register(ViewDefinition view, Waiting waiter) {
    synchronized (monitor) {
      if (closed || count >= MAX_WAITING) {
        return false;
      }
      count++;
      waiting.computeIfAbsent(view, v -> new HashSet<>()).add(waiter);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("foldstream-position-watch").start(this::run);
      }
      monitor.notifyAll();
      return true;
    }
  }

  private void unregister(ViewDefinition view, Waiting waiter) {
    synchronized (monitor) {
      Set<Waiting> ofView = waiting.get(view);
      if (ofView != null && ofView.remove(waiter)) {
        count--;
        if (ofView.isEmpty()) {
          waiting.remove(view);
        }
      }
    }
  }

  private void run() {
    try {
      while (awaitSomebody()) {
        WakeUps.Woken woken = wakeUps.next(LOOK_AGAIN);
        boolean lookAtAll = woken.any() || woken.paths().isEmpty();
        viewsWaitedFor().stream()
            .filter(view -> lookAtAll || woken.concerns(view.path()))
            .forEach(this::look);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitSomebody() throws InterruptedException {
    synchronized (monitor) {
      while (!closed && waiting.isEmpty()) {
        monitor.wait();
      }
      return !closed;
    }
  }

  private List<ViewDefinition> viewsWaitedFor() {
    synchronized (monitor) {
      return List.copyOf(waiting.keySet());
    }
  }

  private void look(ViewDefinition view) {
    try {
      Map<TopicPartitionName, Position> now = positions.apply(view);
      List<Waiting> ofView;
      synchronized (monitor) {
        ofView = new ArrayList<>(waiting.getOrDefault(view, Set.of()));
      }
      ofView.forEach(waiter -> waiter.look(now));
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("Waiting for positions of {} goes on: {}", view.path(), away.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("Cannot read the positions of {}; whoever waits will time out", view.path(), bug);
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (monitor) {
      closed = true;
      running = thread;
      monitor.notifyAll();
    }
    wakeUps.close();
    if (running != null) {
      running.interrupt();
      try {
        running.join(CLOSE_PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
